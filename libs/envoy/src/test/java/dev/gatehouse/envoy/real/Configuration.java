package dev.gatehouse.envoy.real;

import java.util.ArrayList;
import java.util.List;

/** An Envoy configuration in the making: one listener for each way to attach. */
final class Configuration {

    private final int adminPort;
    private int bufferBytes = 1 << 20;
    private final List<String> listeners = new ArrayList<>();
    private final List<String> clusters = new ArrayList<>();

    Configuration(int adminPort) {
        this.adminPort = adminPort;
    }

    /** The connection buffers of listeners that are added after this. */
    Configuration buffers(int bytes) {
        bufferBytes = bytes;
        return this;
    }

    Configuration cluster(String name, int port, boolean http2) {
        String protocol = http2
                ? "explicit_http_config: {http2_protocol_options: {}}"
                : "explicit_http_config: {http_protocol_options: {enable_trailers: true}}";
        clusters.add("""
                  - name: %s
                    type: STATIC
                    connect_timeout: 1s
                    load_assignment:
                      cluster_name: %s
                      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
                    typed_extension_protocol_options:
                      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                        %s
                """.formatted(name, name, port, protocol));
        return this;
    }

    /** A listener that passes everything through one filter to the cluster {@code upstream}. */
    Configuration listener(int port, String filter) {
        listeners.add("""
                  - address: {socket_address: {address: 127.0.0.1, port_value: %d}}
                    per_connection_buffer_limit_bytes: %d
                    filter_chains:
                    - filters:
                      - name: envoy.filters.network.http_connection_manager
                        typed_config:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                          stat_prefix: l%d
                          http_protocol_options: {enable_trailers: true}
                          route_config:
                            name: r
                            virtual_hosts:
                            - name: v
                              domains: ["*"]
                              routes:
                              - match: {prefix: /, headers: [{name: x-route, string_match: {exact: closed}}]}
                                direct_response: {status: 410, body: {inline_string: rerouted}}
                              - match: {prefix: /}
                                route: {cluster: upstream, timeout: 0s}
                          http_filters:
                %s
                          - name: envoy.filters.http.router
                            typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                """.formatted(port, bufferBytes, port, filter.indent(10).stripTrailing()));
        return this;
    }

    String render() {
        return "admin: {address: {socket_address: {address: 127.0.0.1, port_value: " + adminPort + "}}}\n"
                + "static_resources:\n  listeners:\n" + String.join("", listeners) + "  clusters:\n" + String.join("", clusters);
    }

    static String extProc(String cluster, String mode, boolean failOpen, String messageTimeout) {
        return """
                - name: envoy.filters.http.ext_proc
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor
                    grpc_service: {envoy_grpc: {cluster_name: %s}}
                    failure_mode_allow: %s
                    message_timeout: %s
                    allow_mode_override: true
                    request_attributes: [xds.route_name, request.path, source.address, xds.route_metadata]
                    metadata_options:
                      forwarding_namespaces: {untyped: [gatehouse]}
                      receiving_namespaces: {untyped: [gatehouse]}
                    processing_mode:
                      request_header_mode: SEND
                      response_header_mode: SEND
                      request_body_mode: %s
                      response_body_mode: %s
                      request_trailer_mode: SEND
                      response_trailer_mode: SEND
                """.formatted(cluster, failOpen, messageTimeout, mode, mode);
    }

    static String extAuthzGrpc(String cluster) {
        return """
                - name: envoy.filters.http.ext_authz
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
                    grpc_service: {envoy_grpc: {cluster_name: %s}, timeout: 5s}
                    transport_api_version: V3
                    with_request_body: {max_request_bytes: 1024, allow_partial_message: true, pack_as_bytes: true}
                """.formatted(cluster);
    }

    static String extAuthzHttp(String cluster, int port) {
        return """
                - name: envoy.filters.http.ext_authz
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
                    http_service:
                      server_uri: {uri: "http://127.0.0.1:%d", cluster: %s, timeout: 5s}
                      path_prefix: /authz
                      authorization_response: {allowed_upstream_headers: {patterns: [{prefix: x-}]}}
                    transport_api_version: V3
                    with_request_body: {max_request_bytes: 1024, allow_partial_message: true, pack_as_bytes: true}
                """.formatted(port, cluster);
    }
}
