package dev.gatehouse.it.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Envoy's bootstrap for a chain: one listener an attachment, all before the same backends.
 *
 * @param adminPort  Envoy's admin page
 * @param listeners  port by attachment
 * @param services   the replicas of each service, in the order in which a request passes them
 * @param backend    the port of the backend that takes what no other does
 * @param models     ports of backends by the value of {@value #MODEL_HEADER} that routes to them
 * @param failOpen   {@code failure_mode_allow} of the filters
 */
public record EnvoyConfig(int adminPort, Map<Attached, Integer> listeners, List<Map.Entry<String, List<Replica>>> services, int backend,
        Map<String, Integer> models, boolean failOpen) {

    /** What a router sets, and routes match by. */
    public static final String MODEL_HEADER = "x-gateway-model-name";

    /** SPIFFE id of the client, as a mesh that has verified it would know it. */
    public static final String PEER_HEADER = "x-test-peer";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HCM = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    private static final int AUTHZ_BODY_BYTES = 65_536;

    public byte[] bytes() {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("admin").set("address", address(adminPort));
        ObjectNode resources = root.putObject("static_resources");
        ArrayNode all = resources.putArray("listeners");
        listeners.forEach((attached, port) -> all.add(listener(attached, port)));
        ArrayNode clusters = resources.putArray("clusters").add(cluster("backend", List.of(backend), false));
        models.forEach((model, port) -> clusters.add(cluster("backend-" + model, List.of(port), false)));
        services.forEach(service -> {
            clusters.add(cluster(service.getKey(), service.getValue().stream().map(Replica::grpcPort).toList(), true));
            clusters.add(cluster(service.getKey() + "-http", service.getValue().stream().map(Replica::httpPort).toList(), false));
        });
        return root.toPrettyString().getBytes();
    }

    private ObjectNode listener(Attached attached, int port) {
        ObjectNode hcm = parse("""
                {"@type": "%s", "stat_prefix": "%s", "stream_idle_timeout": "60s",
                 "access_log": [{"name": "file", "typed_config": {
                   "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
                   "path": "/dev/stdout", "log_format": {"json_format": {
                     "id": "%%REQ(x-test-id)%%", "status": "%%RESPONSE_CODE%%", "details": "%%RESPONSE_CODE_DETAILS%%",
                     "gatehouse": "%%DYNAMIC_METADATA(gatehouse)%%"}}}}],
                 "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
                   "routes": []}]}}
                """.formatted(HCM, attached));
        ArrayNode routes = (ArrayNode) hcm.at("/route_config/virtual_hosts/0/routes");
        models.keySet().forEach(model -> routes.add(modelRoute(model)));
        routes.add(parse("""
                {"match": {"prefix": "/"}, "route": {"cluster": "backend", "timeout": "60s"}}"""));
        ArrayNode filters = hcm.putArray("http_filters").add(peer());
        services.forEach(service -> filters.add(filter(attached, service.getKey())));
        filters.add(parse("""
                {"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}
                """));
        ObjectNode listener = JSON.createObjectNode().put("name", attached.name());
        listener.set("address", address(port));
        listener.putArray("filter_chains").addObject().putArray("filters").addObject()
                .put("name", "http").set("typed_config", hcm);
        return listener;
    }

    /** What a mesh's waypoint does, with a header in place of the tunnel's certificate: the next filters know the client's workload. */
    private static ObjectNode peer() {
        return parse("""
                {"name": "peer", "typed_config": {
                  "@type": "type.googleapis.com/envoy.extensions.filters.http.set_filter_state.v3.Config",
                  "on_request_headers": [{"object_key": "io.istio.peer_principal", "factory_key": "envoy.string", "skip_if_empty": true,
                    "format_string": {"text_format_source": {"inline_string": "%%REQ(%s)%%"}, "omit_empty_values": true}}]}}
                """.formatted(PEER_HEADER));
    }

    private static ObjectNode modelRoute(String model) {
        return parse("""
                {"match": {"prefix": "/", "headers": [{"name": "%s", "string_match": {"exact": "%s"}}]},
                 "route": {"cluster": "backend-%s", "timeout": "60s"}}""".formatted(MODEL_HEADER, model, model));
    }

    private ObjectNode filter(Attached attached, String service) {
        return switch (attached) {
            case EXT_AUTHZ_GRPC -> authz(service, """
                    "grpc_service": {"envoy_grpc": {"cluster_name": "%s"}, "timeout": "10s"}""".formatted(service));
            case EXT_AUTHZ_HTTP -> authz(service, """
                    "http_service": {"server_uri": {"uri": "http://%s", "cluster": "%s-http", "timeout": "10s"},
                      "path_prefix": "/authz",
                      "authorization_response": {"allowed_upstream_headers": {"patterns": [{"prefix": "x-"}]}}}""".formatted(service, service));
            default -> extProc(attached, service);
        };
    }

    private ObjectNode extProc(Attached attached, String service) {
        String trailers = attached == Attached.FULL_DUPLEX_STREAMED ? "SEND" : "SKIP";
        return parse("""
                {"name": "%s", "typed_config": {
                  "@type": "type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor",
                  "grpc_service": {"envoy_grpc": {"cluster_name": "%s"}},
                  "failure_mode_allow": %s, "message_timeout": "10s", "allow_mode_override": true,
                  "request_attributes": ["xds.route_name", "source.address", "filter_state['io.istio.peer_principal']"],
                  "metadata_options": {"forwarding_namespaces": {"untyped": ["gatehouse"]},
                                       "receiving_namespaces": {"untyped": ["gatehouse"]}},
                  "processing_mode": {"request_header_mode": "SEND", "response_header_mode": "SEND",
                    "request_body_mode": "%s", "response_body_mode": "%s",
                    "request_trailer_mode": "%s", "response_trailer_mode": "%s"}}}
                """.formatted(service, service, failOpen, attached.mode(), attached.mode(), trailers, trailers));
    }

    private ObjectNode authz(String name, String service) {
        return parse("""
                {"name": "%s", "typed_config": {
                  "@type": "type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz",
                  "failure_mode_allow": %s, "clear_route_cache": true,
                  "with_request_body": {"max_request_bytes": %d, "allow_partial_message": true, "pack_as_bytes": true},
                  "allowed_headers": {"patterns": [{"safe_regex": {"regex": ".*"}}]},
                  %s}}
                """.formatted(name, failOpen, AUTHZ_BODY_BYTES, service));
    }

    private static ObjectNode cluster(String name, List<Integer> ports, boolean http2) {
        ObjectNode cluster = parse("""
                {"name": "%s", "type": "STATIC", "connect_timeout": "1s",
                 "load_assignment": {"cluster_name": "%s", "endpoints": [{}]}}
                """.formatted(name, name));
        ArrayNode endpoints = ((ObjectNode) cluster.at("/load_assignment/endpoints/0")).putArray("lb_endpoints");
        ports.forEach(port -> endpoints.addObject().putObject("endpoint").set("address", address(port)));
        if (http2) {
            cluster.set("typed_extension_protocol_options", parse("""
                    {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                      "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                      "explicit_http_config": {"http2_protocol_options": {}}}}
                    """));
        }
        return cluster;
    }

    private static ObjectNode address(int port) {
        return parse("{\"socket_address\": {\"address\": \"127.0.0.1\", \"port_value\": %d}}".formatted(port));
    }

    private static ObjectNode parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return (ObjectNode) node;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
