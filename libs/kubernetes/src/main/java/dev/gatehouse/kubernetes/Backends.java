package dev.gatehouse.kubernetes;

import dev.gatehouse.kubernetes.watch.ObjectText;
import dev.gatehouse.kubernetes.watch.ObjectType;
import dev.gatehouse.kubernetes.watch.Watch;
import dev.gatehouse.policy.status.Existence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of what HTTPRoutes may send requests to. Of a kind that we may not list nobody can tell; one that the server does not know has none. */
final class Backends implements AutoCloseable {

    private record Kind(String name, Watch watch) {}

    private final List<Kind> kinds;

    private Backends(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** Nothing is watched, and nobody can tell. */
    static Backends unknown() {
        return new Backends(List.of());
    }

    /** @param watch makes the watch of a type */
    static Backends watched(Function<ObjectType, Watch> watch) {
        return new Backends(ObjectType.BACKENDS.stream().map(type -> new Kind(type.kind(), watch.apply(type))).toList());
    }

    void start() {
        kinds.forEach(kind -> kind.watch().start());
    }

    /** As it is now. */
    Existence now() {
        Map<String, Set<String>> names = new HashMap<>();
        kinds.stream().filter(kind -> kind.watch().isListed())
                .forEach(kind -> names.put(kind.name(), kind.watch().objects().stream().map(ObjectText::name).collect(Collectors.toSet())));
        return (kind, name) -> Optional.ofNullable(names.get(kind)).map(known -> known.contains(name));
    }

    @Override
    public void close() {
        kinds.forEach(kind -> kind.watch().close());
    }
}
