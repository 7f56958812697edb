package dev.gatehouse.policy.source;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.resolve.Resolver;
import dev.gatehouse.policy.route.HttpRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that a source knows at one moment. Immutable.
 *
 * @param revision 1 for the first, one more with every change
 * @param policies in precedence order
 * @param routes   HTTPRoutes
 * @param faults   what is wrong with the documents; where one is wrong, its last good state is among the policies (or routes)
 * @param invalid  policies whose document is wrong, by {@code namespace/name}; the last good state of some is among the policies
 * @param resolver decides over these policies and routes
 */
public record Snapshot<P extends Policy, C>(
        long revision, List<CompiledPolicy<P, C>> policies, List<HttpRoute> routes, List<Fault> faults,
        Map<String, Fault> invalid, Resolver<P, C> resolver) {

    /** The policy of that name. */
    public Optional<CompiledPolicy<P, C>> policy(String namespace, String name) {
        String qualified = namespace + "/" + name;
        return policies.stream().filter(candidate -> candidate.policy().qualifiedName().equals(qualified)).findFirst();
    }

    /** Policies whose document is wrong and of which no good state is known, by {@code namespace/name}: they act on nothing. */
    public Set<String> neverValid() {
        return invalid.keySet().stream().filter(name -> policies.stream().noneMatch(known -> known.policy().qualifiedName().equals(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
