package dev.gatehouse.it.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Front;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Ports;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chain.Way;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Services behind a real Envoy Gateway, attached by what the attachment chart renders to its Gateway {@code local}. The HTTPRoutes of
 * the services' folder are the gateway's too.
 */
final class EnvoyGatewayFront implements Front {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String READY = "ready.test";

    private final Backend backend;
    private final Map<String, Replica> services;
    private final EnvoyGateway gateway;
    private final URI listener;
    private final Path accessLog;

    private EnvoyGatewayFront(Backend backend, Map<String, Replica> services, EnvoyGateway gateway, URI listener, Path accessLog) {
        this.backend = backend;
        this.services = services;
        this.gateway = gateway;
        this.listener = listener;
        this.accessLog = accessLog;
    }

    /** Skips the test where a program is missing. */
    static void assumePrograms() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        assumeTrue(EnvoyGateway.binary().isPresent(), "GATEHOUSE_ENVOY_GATEWAY names no Envoy Gateway binary");
        assumeTrue(Helm.binary().isPresent(), "GATEHOUSE_HELM names no helm");
    }

    /**
     * Starts the services with the policies and routes of a folder, then the gateway.
     *
     * @param members in the order of the chain
     */
    static EnvoyGatewayFront start(String name, Path config, Member... members) throws IOException {
        Backend backend = new Backend();
        Map<String, Replica> services = new LinkedHashMap<>();
        for (Member member : members) {
            services.put(member.service(), new Replica(name + "-" + member.service(), member, config));
        }
        int port = Ports.free();
        URI listener = URI.create("http://127.0.0.1:" + port);
        Path accessLog = Files.createDirectories(Path.of("target", "it-logs")).resolve(name + "-access.log").toAbsolutePath();
        Files.deleteIfExists(accessLog);
        String resources = String.join("\n---\n", gateway(port, accessLog), backend("backend", backend.port()), backends(services), routes(config),
                Helm.template(name, "gatehouse-attachment", attachment(services.keySet().stream().toList())));
        return new EnvoyGatewayFront(backend, services, EnvoyGateway.start(name, resources).ready(listener, READY), listener, accessLog);
    }

    private static String gateway(int port, Path accessLog) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: eg}
                spec:
                  controllerName: gateway.envoyproxy.io/gatewayclass-controller
                  parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: host, namespace: default}
                ---
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: EnvoyProxy
                metadata: {name: host, namespace: default}
                spec:
                  provider: {type: Host, host: {envoyVersion: "%s"}}
                  telemetry:
                    accessLog:
                      settings:
                        - format:
                            type: JSON
                            json: {id: "%%REQ(x-test-id)%%", status: "%%RESPONSE_CODE%%", gatehouse: "%%DYNAMIC_METADATA(gatehouse)%%"}
                          sinks: [{type: File, file: {path: "%s"}}]
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: local, namespace: default}
                spec:
                  gatewayClassName: eg
                  listeners: [{name: http, protocol: HTTP, port: %d}]
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: ready, namespace: default}
                spec:
                  parentRefs: [{name: local}]
                  hostnames: [%s]
                  rules: [{backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: backend}]}]
                """.formatted(EnvoyGateway.ENVOY_VERSION, accessLog, port, READY);
    }

    private static String backends(Map<String, Replica> services) {
        List<String> documents = new ArrayList<>();
        services.forEach((service, replica) -> documents.add(backend(service, replica.grpcPort())));
        return String.join("\n---\n", documents);
    }

    private static String backend(String name, int port) {
        return """
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: Backend
                metadata: {name: %s, namespace: default}
                spec: {endpoints: [{ip: {address: 127.0.0.1, port: %d}}]}
                """.formatted(name, port);
    }

    private static JsonNode attachment(List<String> features) {
        ObjectNode values = YAML.createObjectNode().put("gateway", "envoy-gateway");
        values.putArray("targets").addObject().put("name", "local");
        values.set("features", YAML.valueToTree(features));
        features.forEach(feature -> values.withObject("/services").putObject(feature).putObject("backendRef")
                .put("group", "gateway.envoyproxy.io").put("kind", "Backend").put("name", feature));
        return values;
    }

    /** The folder's HTTPRoutes, with the backend in each of their rules. */
    private static String routes(Path config) throws IOException {
        List<String> routes = new ArrayList<>();
        try (Stream<Path> files = Files.list(config)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                for (JsonNode document : YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll()) {
                    if (document.path("kind").asText().equals("HTTPRoute")) {
                        routes.add(YAML.writeValueAsString(withBackend((ObjectNode) document)));
                    }
                }
            }
        }
        return String.join("\n", routes);
    }

    private static ObjectNode withBackend(ObjectNode route) {
        ((ObjectNode) route.path("metadata")).put("namespace", "default");
        ObjectNode spec = (ObjectNode) route.path("spec");
        if (spec.path("rules").isEmpty()) {
            spec.putArray("rules").addObject();
        }
        spec.path("rules").forEach(rule -> ((ObjectNode) rule).putArray("backendRefs").addObject()
                .put("group", "gateway.envoyproxy.io").put("kind", "Backend").put("name", "backend"));
        return route;
    }

    @Override
    public List<Way> ways() {
        return List.of(new Way("ENVOY_GATEWAY", Attached.FULL_DUPLEX_STREAMED, listener));
    }

    @Override
    public Backend backend() {
        return backend;
    }

    Replica service(String name) {
        return services.get(name);
    }

    Path accessLog() {
        return accessLog;
    }

    @Override
    public void close() {
        gateway.close();
        services.values().forEach(Replica::close);
        backend.close();
    }
}
