package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Gateway of Istio that is deployed by hand: it names its Service, the Service selects its pod, and the pod's Envoy is a process of this
 * machine, which a kubelet would start.
 *
 * @param port of its one listener
 */
record IstioGateway(String namespace, String name, int port) {

    URI listener() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Policies find the pod by its label {@code gateway.networking.k8s.io/gateway-name}, which Istio's own deployments carry. */
    List<JsonNode> objects() {
        return Yaml.documents("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  gatewayClassName: istio
                  addresses: [{type: Hostname, value: %2$s-istio}]
                  listeners: [{name: http, protocol: HTTP, port: %3$d}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %2$s-istio, namespace: %1$s}
                spec: {selector: {gateway.networking.k8s.io/gateway-name: %2$s}, ports: [{name: http, port: %3$d}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %2$s-istio-0, namespace: %1$s, labels: {gateway.networking.k8s.io/gateway-name: %2$s}}
                spec: {containers: [{name: istio-proxy, image: envoy}]}
                """.formatted(namespace, name, port));
    }

    /** Starts its Envoy. @param xds the port of Istio's control plane */
    Program start(String test, int xds) throws IOException {
        Path file = Files.writeString(Files.createDirectories(Path.of("target", "istio")).resolve(test + "-" + name + ".yaml"), bootstrap(xds));
        return Program.start(test + "-" + name + "-envoy", List.of(Chain.envoyBinary().orElseThrow(), "-c", file.toString(), "--use-dynamic-base-id",
                "--concurrency", "2", "--log-level", "warning"), Map.of());
    }

    private String bootstrap(int xds) {
        return """
                node:
                  id: router~10.0.0.1~%2$s-istio-0.%1$s~%1$s.svc.cluster.local
                  cluster: %2$s-istio.%1$s
                  metadata:
                    NAMESPACE: %1$s
                    CLUSTER_ID: Kubernetes
                    LABELS: {gateway.networking.k8s.io/gateway-name: %2$s}
                dynamic_resources:
                  ads_config:
                    api_type: DELTA_GRPC
                    transport_api_version: V3
                    grpc_services: [{envoy_grpc: {cluster_name: istiod}}]
                  lds_config: {ads: {}, resource_api_version: V3}
                  cds_config: {ads: {}, resource_api_version: V3}
                static_resources:
                  clusters:
                    - name: istiod
                      typed_extension_protocol_options:
                        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                          "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                          explicit_http_config: {http2_protocol_options: {}}
                      load_assignment:
                        cluster_name: istiod
                        endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %3$d}}}}]}]
                """.formatted(namespace, name, xds);
    }
}
