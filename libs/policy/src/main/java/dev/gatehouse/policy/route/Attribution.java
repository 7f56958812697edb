package dev.gatehouse.policy.route;

import dev.gatehouse.exchange.RequestHead;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a request came in and where it goes, by the names of Kubernetes' objects, {@code NAMESPACE/NAME}; what is not known is empty.
 *
 * @param gateway the Gateway, where the host names it or the route has but one
 * @param route   the HTTPRoute, else the host's own name of its route
 * @param backend the chosen one where the host names it, else all of the route's rule, with commas
 */
public record Attribution(String gateway, String route, String backend) {

    /** By the rule that the request takes, where it is known, else by what the host says. */
    public static Attribution of(Optional<RouteRule> rule, RequestHead head) {
        String route = rule.map(known -> known.namespace() + "/" + known.name()).or(() -> head.attribute("xds.route_name")).orElse("");
        return new Attribution(gateway(rule, head), route, backend(rule, head));
    }

    private static String gateway(Optional<RouteRule> rule, RequestHead head) {
        return EnvoyAttributes.listener(head).map(listener -> listener.namespace() + "/" + listener.gateway())
                .or(() -> rule.flatMap(RouteRule::route).flatMap(Attribution::onlyGateway)).orElse("");
    }

    private static Optional<String> onlyGateway(HttpRoute route) {
        List<String> gateways = route.spec().parentRefs().stream().filter(parent -> parent.kind().equals(Gateway.KIND))
                .map(parent -> Topology.gatewayName(route, parent)).distinct().toList();
        return gateways.size() == 1 ? Optional.of(gateways.getFirst()) : Optional.empty();
    }

    private static String backend(Optional<RouteRule> rule, RequestHead head) {
        Optional<String> service = EnvoyAttributes.istioService(head).map(chosen -> chosen.namespace().orElse("") + "/" + chosen.name());
        return service.or(() -> head.attribute("xds.cluster_name")).orElseGet(() -> rule.flatMap(RouteRule::rule)
                .map(known -> names(known.backendRefs(), rule.orElseThrow().namespace())).orElse(""));
    }

    private static String names(List<HttpRoute.BackendRef> refs, String namespace) {
        return refs.stream().map(ref -> ref.namespace().orElse(namespace) + "/" + ref.name()).collect(Collectors.joining(","));
    }
}
