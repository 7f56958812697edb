package dev.gatehouse.it.gateway;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a platform team has of the gateway before Gatehouse comes: a class, a Gateway {@code local}, routes.
 *
 * @param namespace of all but the class
 * @param listeners the Gateway's, name to port
 * @param backend   the port behind all routes
 */
record GatewaySide(String namespace, Map<String, Integer> listeners, int backend) {

    /** A host name that no policy cares for, to see whether the gateway is there. */
    static final String READY = "ready.test";

    URI listener(String name) {
        return URI.create("http://127.0.0.1:" + listeners.get(name));
    }

    /** @param config a services' folder, whose HTTPRoutes are the gateway's too */
    List<JsonNode> objects(Path config) {
        Stream<JsonNode> routes = Yaml.folder(config).stream().filter(document -> document.path("kind").asText().equals("HTTPRoute"));
        List<JsonNode> objects = new ArrayList<>(Yaml.documents(gateway()));
        objects.add(backend("backend", backend));
        routes.forEach(route -> objects.add(withBackend((ObjectNode) route)));
        return objects;
    }

    private String gateway() {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: eg}
                spec:
                  controllerName: gateway.envoyproxy.io/gatewayclass-controller
                  parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: host, namespace: %1$s}
                ---
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: EnvoyProxy
                metadata: {name: host, namespace: %1$s}
                spec: {provider: {type: Host, host: {envoyVersion: "%2$s"}}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: local, namespace: %1$s}
                spec: {gatewayClassName: eg, listeners: [%3$s]}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: ready, namespace: %1$s}
                spec:
                  parentRefs: [{name: local}]
                  hostnames: [%4$s]
                  rules: [{backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: backend}]}]
                """.formatted(namespace, EnvoyGateway.ENVOY_VERSION, listeners.entrySet().stream()
                        .map(listener -> "{name: " + listener.getKey() + ", protocol: HTTP, port: " + listener.getValue() + "}").collect(joining(", ")), READY);
    }

    /** Envoy Gateway's reference to a port of this machine. */
    JsonNode backend(String name, int port) {
        return Yaml.documents("""
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: Backend
                metadata: {name: %s, namespace: %s}
                spec: {endpoints: [{ip: {address: 127.0.0.1, port: %d}}]}
                """.formatted(name, namespace, port)).getFirst();
    }

    /** The backend behind each rule, and told in {@code x-test-path} which services a request has passed, in {@code x-test-route} its route. */
    private ObjectNode withBackend(ObjectNode route) {
        route.withObject("/metadata").put("namespace", namespace);
        ObjectNode spec = route.withObject("/spec");
        if (spec.path("rules").isEmpty()) {
            spec.putArray("rules").addObject();
        }
        spec.path("rules").forEach(rule -> {
            ((ObjectNode) rule).putArray("backendRefs").addObject().put("group", "gateway.envoyproxy.io").put("kind", "Backend").put("name", "backend");
            ArrayNode headers = ((ObjectNode) rule).putArray("filters").addObject().put("type", "RequestHeaderModifier")
                    .withObject("/requestHeaderModifier").putArray("set");
            headers.addObject().put("name", "x-test-path").put("value", "%DYNAMIC_METADATA(gatehouse:path)%");
            headers.addObject().put("name", "x-test-route").put("value", "%ROUTE_NAME%");
        });
        return route;
    }
}
