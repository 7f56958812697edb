package dev.gatehouse.exchange;

import java.util.Map;
import java.util.Optional;

/**
 * Envoy's dynamic metadata as the attachment received it: namespace to a JSON-like tree of {@code String}, {@code Double},
 * {@code Boolean}, {@code List} and {@code Map}. Immutable by convention: nobody writes into the maps.
 */
public record Metadata(Map<String, Map<String, Object>> namespaces) {

    private static final Metadata EMPTY = new Metadata(Map.of());

    public static Metadata empty() {
        return EMPTY;
    }

    public static Metadata of(String namespace, Map<String, Object> values) {
        return new Metadata(Map.of(namespace, values));
    }

    public Map<String, Object> namespace(String namespace) {
        return namespaces.getOrDefault(namespace, Map.of());
    }

    /** The value under a dotted path of keys, e.g. {@code ("envoy.filters.http.jwt_authn", "payload.sub")}. */
    public Optional<Object> find(String namespace, String dottedPath) {
        Object value = namespace(namespace);
        for (String key : dottedPath.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return Optional.ofNullable(value);
    }
}
