package dev.gatehouse.it.ratelimit;

/** An Envoy whose routes ask a rate limit service with descriptors made of request headers. */
final class EnvoyRateLimit {

    private EnvoyRateLimit() {}

    static String config(int admin, int listener, int rateLimit, int backend) {
        return """
                admin: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}
                static_resources:
                  clusters:
                    - {name: backend, type: STATIC, connect_timeout: 1s, load_assignment: {cluster_name: backend, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}}
                    - name: ratelimit
                      type: STATIC
                      connect_timeout: 1s
                      typed_extension_protocol_options:
                        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                          "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                          explicit_http_config: {http2_protocol_options: {}}
                      load_assignment: {cluster_name: ratelimit, endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]}
                  listeners:
                    - address: {socket_address: {address: 127.0.0.1, port_value: %d}}
                      filter_chains:
                        - filters:
                            - name: envoy.filters.network.http_connection_manager
                              typed_config:
                                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                                stat_prefix: ingress
                                http_filters:
                                  - name: envoy.filters.http.ratelimit
                                    typed_config:
                                      "@type": type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                      domain: edge
                                      failure_mode_deny: true
                                      timeout: 5s
                                      enable_x_ratelimit_headers: DRAFT_VERSION_03
                                      rate_limit_service: {transport_api_version: V3, grpc_service: {envoy_grpc: {cluster_name: ratelimit}}}
                                  - name: envoy.filters.http.router
                                    typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}
                                route_config:
                                  virtual_hosts:
                                    - name: all
                                      domains: ["*"]
                                      routes:
                                        - match: {prefix: /one}
                                          route:
                                            cluster: backend
                                            rate_limits: [{actions: [%s]}]
                                        - match: {prefix: /two}
                                          route:
                                            cluster: backend
                                            rate_limits: [{actions: [%s, %s]}, {actions: [%s, %s]}, {actions: [%s]}]
                                        - match: {prefix: /tokens}
                                          route: {cluster: backend}
                                          typed_per_filter_config:
                                            envoy.filters.http.ratelimit:
                                              "@type": type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimitPerRoute
                                              rate_limits:
                                                - {actions: [%s], hits_addend: {number: 0}}
                                                - {actions: [%s], hits_addend: {number: 3}, apply_on_stream_done: true}
                """.formatted(admin, backend, rateLimit, listener, header("user"),
                header("user"), header("path"), header("team"), header("role"), header("extra"), header("model"), header("model"));
    }

    private static String header(String name) {
        return "{request_headers: {header_name: " + name + ", descriptor_key: " + name + "}}";
    }
}
