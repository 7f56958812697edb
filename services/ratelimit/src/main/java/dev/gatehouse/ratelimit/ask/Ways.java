package dev.gatehouse.ratelimit.ask;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.route.EnvoyAttributes;
import dev.gatehouse.policy.route.HttpRoute.BackendRef;
import dev.gatehouse.policy.route.RouteRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where requests go. */
public final class Ways {

    private Ways() {}

    /** By the rule that the request takes, where it is known, else by what the host says. */
    public static Asked.Way of(Optional<RouteRule> rule, RequestHead head) {
        String route = rule.map(known -> known.namespace() + "/" + known.name()).or(() -> head.attribute("xds.route_name")).orElse("");
        return new Asked.Way(route, backend(rule, head));
    }

    /** The chosen one where the host names it, else all of the rule. */
    private static String backend(Optional<RouteRule> rule, RequestHead head) {
        Optional<String> service = EnvoyAttributes.istioService(head).map(chosen -> chosen.namespace().orElse("") + "/" + chosen.name());
        return service.or(() -> head.attribute("xds.cluster_name")).orElseGet(() -> rule.flatMap(RouteRule::rule)
                .map(known -> names(known.backendRefs(), rule.orElseThrow().namespace())).orElse(""));
    }

    private static String names(List<BackendRef> refs, String namespace) {
        return refs.stream().map(ref -> ref.namespace().orElse(namespace) + "/" + ref.name()).collect(Collectors.joining(","));
    }
}
