package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Conditions {@code gatehouse.dev/KINDAffected} on the Gateways and HTTPRoutes that policies act on (GEP-713). On a Gateway the condition
 * is applied with a field manager of our own, which owns it alone. An HTTPRoute has one list of all controllers' entries, which is
 * replaced as a whole: ours are those with our {@code controllerName}, and the list goes back only in the version that it was read in.
 *
 * <p>A controller that takes them away is not fought: what was written last to an object is not written again within a second, the next
 * time within two, and at last within {@link #TRUCE}. One that only crosses our write at its start is mended soon.
 */
final class AffectedConditions {

    /** How long what somebody takes away again and again stays away. */
    static final Duration TRUCE = Duration.ofSeconds(30);
    private static final Duration FIRST_TRUCE = Duration.ofSeconds(1);

    private static final int MAX_MANAGER = 128;
    private static final int MAX_CONDITIONS = 8;
    private static final int MAX_PARENTS = 32;

    /**
     * What was written last to an object, and when.
     *
     * @param truce how long the same is not written again
     */
    private record Written(List<Acting> acting, long generation, Instant at, Duration truce) {

        private boolean isOf(AffectedObject object) {
            return acting.equals(object.acting()) && generation == object.generation();
        }

        private Duration nextTruce() {
            return truce.multipliedBy(2).compareTo(TRUCE) > 0 ? TRUCE : truce.multipliedBy(2);
        }
    }

    private final StatusPatch patch;
    private final String controllerName;
    private final InstantSource clock;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    AffectedConditions(StatusPatch patch, String controllerName, InstantSource clock) {
        this.patch = patch;
        this.controllerName = controllerName;
        this.clock = clock;
    }

    /** What is to be written so that conditions stand where policies of these kinds act, and nowhere else. */
    List<BooleanSupplier> writes(List<View<?, ?>> views, Targets targets) {
        Set<String> kinds = views.stream().map(view -> view.type().kind()).collect(Collectors.toSet());
        Map<String, List<Acting>> acting = views.stream().flatMap(View::acting).collect(Collectors.groupingBy(one -> one.on().kind() + " " + one.on().target()));
        forgetOthersThan(targets);
        List<BooleanSupplier> writes = new ArrayList<>();
        objects(targets.gateways(), acting).forEach(gateway -> writes.add(() -> ofGateway(gateway, kinds)));
        objects(targets.routes(), acting).forEach(route -> writes.add(() -> ofRoute(route)));
        return writes;
    }

    private static Stream<AffectedObject> objects(List<GenericKubernetesResource> objects, Map<String, List<Acting>> acting) {
        return objects.stream().map(object -> new AffectedObject(object, acting.getOrDefault(AffectedObject.key(object), List.of())));
    }

    private void forgetOthersThan(Targets targets) {
        written.keySet().retainAll(Stream.concat(targets.gateways().stream(), targets.routes().stream()).map(AffectedObject::key).collect(Collectors.toSet()));
    }

    private boolean ofGateway(AffectedObject gateway, Set<String> kinds) {
        List<Map<?, ?>> present = gateway.conditions(kinds);
        List<Map<String, Object>> wanted = gateway.wanted(clock.instant());
        boolean fits = gateway.conditions().size() - present.size() + wanted.size() <= MAX_CONDITIONS;
        boolean stands = present.size() == wanted.size() && present.containsAll(wanted);
        return stands || !fits || truce(gateway).map(TRUCE::equals).orElseGet(() -> apply(gateway, wanted.isEmpty() ? Map.of() : Map.of("conditions", wanted)));
    }

    /** Where another field manager has a condition of that type it stays as that one wants it. */
    private boolean apply(AffectedObject gateway, Map<String, Object> status) {
        String manager = controllerName.substring(0, Math.min(MAX_MANAGER, controllerName.length()));
        patch.apply(ObjectType.GATEWAY, gateway.object().getMetadata(), manager, status);
        return remember(gateway);
    }

    private boolean ofRoute(AffectedObject route) {
        List<Object> wanted = route.wantedParents(controllerName, clock.instant());
        return wanted.equals(route.parents()) || wanted.size() > MAX_PARENTS || truce(route).map(TRUCE::equals).orElseGet(() -> replace(route, wanted));
    }

    private boolean replace(AffectedObject route, List<Object> parents) {
        return patch.replace(ObjectType.HTTP_ROUTE, route.object().getMetadata(), Map.of("parents", parents)) && remember(route);
    }

    /** The truce that holds for an object now. */
    private Optional<Duration> truce(AffectedObject object) {
        return last(object).filter(last -> clock.instant().isBefore(last.at().plus(last.truce()))).map(Written::truce);
    }

    /** Where the very same was written last. */
    private Optional<Written> last(AffectedObject object) {
        return Optional.ofNullable(written.get(AffectedObject.key(object.object()))).filter(last -> last.isOf(object));
    }

    private boolean remember(AffectedObject object) {
        Duration truce = last(object).map(Written::nextTruce).orElse(FIRST_TRUCE);
        written.put(AffectedObject.key(object.object()), new Written(object.acting(), object.generation(), clock.instant(), truce));
        return true;
    }
}
