package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a platform team has of Istio before Gatehouse comes: Gateways, routes, and a ServiceEntry of what they lead to.
 *
 * @param namespace of all
 * @param backend   the port behind all routes
 */
record IstioSide(String namespace, List<IstioGateway> gateways, int backend) {

    /** @param config a services' folder, whose HTTPRoutes are the gateways' too */
    List<JsonNode> objects(Path config) {
        List<JsonNode> objects = new ArrayList<>(backendEntry());
        gateways.forEach(gateway -> objects.addAll(gateway.objects()));
        JsonNode reference = Yaml.documents("{group: networking.istio.io, kind: Hostname, name: backend.test, port: 80}").getFirst();
        objects.addAll(new Routes(namespace, gateways.stream().map(IstioGateway::name).toList(), reference).all(config));
        return objects;
    }

    private List<JsonNode> backendEntry() {
        return Yaml.documents("""
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: backend, namespace: %s}
                spec:
                  hosts: [backend.test]
                  resolution: STATIC
                  ports: [{number: 80, name: http, protocol: HTTP}]
                  endpoints: [{address: 127.0.0.1, ports: {http: %d}}]
                """.formatted(namespace, backend));
    }
}
