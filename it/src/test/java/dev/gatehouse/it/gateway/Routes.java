package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The HTTPRoutes of a gateway. The backend is told in {@code x-test-path} which services a request has passed, in {@code x-test-route} its
 * route.
 *
 * @param gateways whose routes they are
 * @param backend  the reference behind each rule
 */
record Routes(String namespace, List<String> gateways, JsonNode backend) {

    /** A host name that no policy cares for, to see whether the gateway is there. */
    static final String READY = "ready.test";

    /** One for {@link #READY}, and those of a services' folder. */
    List<JsonNode> all(Path config) {
        List<JsonNode> ready = Yaml.documents("""
                {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: ready}, spec: {hostnames: [%s]}}
                """.formatted(READY));
        Stream<JsonNode> given = Yaml.folder(config).stream().filter(document -> document.path("kind").asText().equals("HTTPRoute"));
        return Stream.concat(ready.stream(), given).map(route -> completed((ObjectNode) route)).toList();
    }

    private JsonNode completed(ObjectNode route) {
        route.withObject("/metadata").put("namespace", namespace);
        ObjectNode spec = route.withObject("/spec");
        ArrayNode parents = spec.putArray("parentRefs");
        gateways.forEach(gateway -> parents.addObject().put("name", gateway));
        if (spec.path("rules").isEmpty()) {
            spec.putArray("rules").addObject();
        }
        spec.path("rules").forEach(rule -> complete((ObjectNode) rule));
        return route;
    }

    private void complete(ObjectNode rule) {
        rule.putArray("backendRefs").add(backend);
        ArrayNode headers = rule.putArray("filters").addObject().put("type", "RequestHeaderModifier")
                .withObject("/requestHeaderModifier").putArray("set");
        headers.addObject().put("name", "x-test-path").put("value", "%DYNAMIC_METADATA(gatehouse:path)%");
        headers.addObject().put("name", "x-test-route").put("value", "%ROUTE_NAME%");
    }
}
