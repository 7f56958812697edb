package dev.gatehouse.it.gateway;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a platform team has of Envoy Gateway before Gatehouse comes: a class, a Gateway {@code local}, routes.
 *
 * @param namespace of all but the class
 * @param listeners the Gateway's, name to port
 * @param backend   the port behind all routes
 */
record GatewaySide(String namespace, Map<String, Integer> listeners, int backend) {

    URI listener(String name) {
        return URI.create("http://127.0.0.1:" + listeners.get(name));
    }

    /** @param config a services' folder, whose HTTPRoutes are the gateway's too */
    List<JsonNode> objects(Path config) {
        List<JsonNode> objects = new ArrayList<>(Yaml.documents(gateway()));
        objects.add(backend("backend", backend));
        JsonNode reference = Yaml.documents("{group: gateway.envoyproxy.io, kind: Backend, name: backend}").getFirst();
        objects.addAll(new Routes(namespace, List.of("local"), reference).all(config));
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
                """.formatted(namespace, EnvoyGateway.ENVOY_VERSION, listeners.entrySet().stream()
                        .map(listener -> "{name: " + listener.getKey() + ", protocol: HTTP, port: " + listener.getValue() + "}").collect(joining(", ")));
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
}
