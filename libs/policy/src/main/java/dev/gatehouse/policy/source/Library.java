package dev.gatehouse.policy.source;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.resolve.Resolver;
import dev.gatehouse.policy.route.HttpRoute;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The documents that hold after one reading of the files, and the faults of the others. */
record Library<P extends Policy, C>(Map<DocumentKey, Item<P, C>> items, List<Fault> faults, Map<DocumentKey, Fault> wrongDocuments) {

    static <P extends Policy, C> Library<P, C> empty() {
        return new Library<>(Map.of(), List.of(), Map.of());
    }

    Snapshot<P, C> snapshot(long revision) {
        List<CompiledPolicy<P, C>> policies = items.values().stream().flatMap(item -> item instanceof Item.OfPolicy<P, C>(var policy)
                ? Stream.of(policy) : Stream.empty())
                .sorted(Comparator.comparing(CompiledPolicy::policy, Policy.BY_PRECEDENCE)).toList();
        List<HttpRoute> routes = items.values().stream().flatMap(item -> item instanceof Item.OfRoute<P, C>(var route, var place)
                ? Stream.of(route) : Stream.empty()).toList();
        return new Snapshot<>(revision, policies, routes, faults, invalid(), new Resolver<>(policies, routes));
    }

    private Map<String, Fault> invalid() {
        Map<String, Fault> invalid = new TreeMap<>();
        wrongDocuments.forEach((key, fault) -> {
            if (!key.kind().equals(HttpRoute.KIND)) {
                invalid.put(key.namespace() + "/" + key.name(), fault);
            }
        });
        return Collections.unmodifiableMap(invalid);
    }
}
