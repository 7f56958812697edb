package dev.gatehouse.exchange;

import java.util.Map;
import java.util.Optional;

/**
 * The request without its body.
 *
 * @param method     HTTP method, as sent
 * @param authority  {@code :authority} or Host
 * @param path       path with query, as sent
 * @param headers    all fields, pseudo headers left out; client-sent {@code x-gatehouse-*} fields are already gone
 * @param attributes Envoy attributes that the host was told to send, e.g. {@code xds.route_name} ({@code String}, {@code Double},
 *                   {@code Boolean}, {@code List} or {@code Map})
 * @param metadata   Envoy's dynamic metadata that the host was told to send
 * @param trace      W3C trace context: Envoy's own (from the gRPC metadata), else the client's header
 * @param attachment how the exchange reached us
 */
public record RequestHead(
        String method, String authority, String path, Headers headers, Map<String, Object> attributes, Metadata metadata,
        Optional<TraceParent> trace, Attachment attachment) {

    /** W3C {@code traceparent} and {@code tracestate} (may be empty). */
    public record TraceParent(String traceparent, String tracestate) {}

    public RequestHead {
        attributes = Map.copyOf(attributes);
    }

    /** The path without its query. */
    public String pathOnly() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).map(Object::toString);
    }

    public HandOver handOver() {
        return HandOver.read(metadata);
    }
}
