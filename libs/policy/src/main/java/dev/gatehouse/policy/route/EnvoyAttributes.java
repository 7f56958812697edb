package dev.gatehouse.policy.route;

import dev.gatehouse.exchange.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the host says about a request's way, in Envoy's attributes
 * (https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes).
 */
public final class EnvoyAttributes {

    private EnvoyAttributes() {}

    /** A Gateway and, where known, the listener. */
    public record Listener(String namespace, String gateway, Optional<String> name) {}

    /** The Kubernetes object in metadata that Envoy Gateway writes: {@code envoy-gateway.resources[0]}. */
    private record Resource(String kind, String namespace, String name, Optional<String> sectionName) {}

    /**
     * The rule that the host has chosen, by {@code xds.route_name}: Envoy Gateway writes
     * {@code httproute/NAMESPACE/NAME/rule/N/match/M/HOST}, Istio {@code NAMESPACE.NAME.N} (where the rule has no name; believed only if
     * that route is known). Else by {@code xds.route_metadata}.
     */
    public static Optional<RouteRule> rule(RequestHead head, RouteTable table) {
        return head.attribute("xds.route_name").flatMap(name -> envoyGatewayRule(name, head, table).or(() -> istioRule(name, table)))
                .or(() -> ruleByMetadata(head, table));
    }

    /** The Gateway that took the request, by {@code xds.listener_metadata}. */
    public static Optional<Listener> listener(RequestHead head) {
        return resource(head, "xds.listener_metadata").filter(resource -> resource.kind().equals("Gateway"))
                .map(resource -> new Listener(resource.namespace(), resource.name(), resource.sectionName()));
    }

    /** The Service that Istio has chosen, by {@code xds.cluster_name}, {@code outbound|PORT|SUBSET|NAME.NAMESPACE.svc.DOMAIN}. */
    public static Optional<HttpRoute.BackendRef> istioService(RequestHead head) {
        return head.attribute("xds.cluster_name").map(name -> name.split("\\|", -1))
                .filter(parts -> parts.length == 4 && parts[0].equals("outbound"))
                .map(parts -> parts[3].split("\\.", 4))
                .filter(labels -> labels.length == 4 && labels[2].equals("svc"))
                .map(labels -> new HttpRoute.BackendRef("Service", Optional.of(labels[1]), labels[0]));
    }

    private static Optional<RouteRule> envoyGatewayRule(String routeName, RequestHead head, RouteTable table) {
        String[] parts = routeName.split("/", 6);
        if (parts.length < 5 || !parts[0].equals("httproute") || !parts[3].equals("rule")) {
            return Optional.empty();
        }
        return index(parts[4]).map(index -> known(parts[1], parts[2], index, table).orElseGet(() -> new RouteRule(
                parts[1], parts[2], Optional.of(index), resource(head, "xds.route_metadata").flatMap(Resource::sectionName), Optional.empty())));
    }

    private static Optional<RouteRule> istioRule(String routeName, RouteTable table) {
        int first = routeName.indexOf('.');
        int last = routeName.lastIndexOf('.');
        if (first < 0 || first == last) {
            return Optional.empty();
        }
        return index(routeName.substring(last + 1))
                .flatMap(index -> known(routeName.substring(0, first), routeName.substring(first + 1, last), index, table));
    }

    private static Optional<RouteRule> ruleByMetadata(RequestHead head, RouteTable table) {
        return resource(head, "xds.route_metadata").filter(resource -> resource.kind().equals(HttpRoute.KIND)).map(resource -> new RouteRule(
                resource.namespace(), resource.name(), Optional.empty(), resource.sectionName(),
                table.route(resource.namespace(), resource.name())));
    }

    private static Optional<RouteRule> known(String namespace, String name, int index, RouteTable table) {
        return table.route(namespace, name).filter(route -> index < route.spec().rules().size()).map(route -> RouteRule.of(route, index));
    }

    private static Optional<Integer> index(String digits) {
        boolean number = !digits.isEmpty() && digits.length() < 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }

    private static Optional<Resource> resource(RequestHead head, String attribute) {
        return Optional.ofNullable(head.attributes().get(attribute)).flatMap(value -> switch (value) {
            case Map<?, ?> tree -> firstResource(tree);
            case String text -> resource(TextFormat.strings(text));
            default -> Optional.<Resource>empty();
        });
    }

    private static Optional<Resource> firstResource(Map<?, ?> metadata) {
        Object filters = metadata.containsKey("filter_metadata") ? metadata.get("filter_metadata") : metadata;
        return filters instanceof Map<?, ?> map && map.get("envoy-gateway") instanceof Map<?, ?> gateway
                && gateway.get("resources") instanceof List<?> resources && !resources.isEmpty()
                && resources.getFirst() instanceof Map<?, ?> first ? resource(first) : Optional.empty();
    }

    private static Optional<Resource> resource(Map<?, ?> fields) {
        boolean named = fields.get("kind") instanceof String && fields.get("name") instanceof String && fields.get("namespace") instanceof String;
        return named ? Optional.of(new Resource((String) fields.get("kind"), (String) fields.get("namespace"), (String) fields.get("name"),
                Optional.ofNullable(fields.get("sectionName")).map(Object::toString))) : Optional.empty();
    }
}
