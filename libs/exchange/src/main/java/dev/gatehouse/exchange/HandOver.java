package dev.gatehouse.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What services tell each other about one exchange: flat keys in Envoy's dynamic metadata, namespace {@value #NAMESPACE}, one
 * writer each. Request headers are never believed for this.
 */
public final class HandOver {

    /** The metadata namespace that all Gatehouse services read and write. */
    public static final String NAMESPACE = "gatehouse";

    /**
     * One key.
     *
     * @param name   the flat top-level key
     * @param type   {@code String}, {@code Double} or {@code Boolean}
     * @param writer the feature that may write it; {@code *} for any (each adds to it)
     */
    public record Key<T>(String name, Class<T> type, String writer) {
        private static Key<String> text(String name, String writer) {
            return new Key<>(name, String.class, writer);
        }

        private static Key<Double> number(String name, String writer) {
            return new Key<>(name, Double.class, writer);
        }
    }

    /** Who asks; written by the first service that resolves it. */
    public static final Key<String> PRINCIPAL = Key.text("principal", "*");
    /** For whom. */
    public static final Key<String> TENANT = Key.text("tenant", "*");
    /** The Gateway, {@code NAMESPACE/NAME}; this and the next four as far as they are known, by the last service that knows them. */
    public static final Key<String> GATEWAY = Key.text("gateway", "*");
    /** The HTTPRoute, {@code NAMESPACE/NAME}, else the host's own name of its route. */
    public static final Key<String> HTTP_ROUTE = Key.text("http_route", "*");
    /** The backend that the host names, else all of the route's rule, comma separated. */
    public static final Key<String> BACKEND = Key.text("backend", "*");
    /** Namespace of the client's workload. */
    public static final Key<String> SOURCE_NAMESPACE = Key.text("source_namespace", "*");
    /** Service account of the client's workload. */
    public static final Key<String> SOURCE_SERVICE_ACCOUNT = Key.text("source_service_account", "*");
    /** Services passed, in order, comma separated. */
    public static final Key<String> PATH = Key.text("path", "*");
    /** The service that answered in the backend's place. */
    public static final Key<String> REPLIED_BY = Key.text("replied_by", "*");
    /** Services that failed and let the exchange go on (their policy fails open), in order, comma separated. */
    public static final Key<String> FAIL_OPEN = Key.text("fail_open", "*");
    /** Allow, Report, Mask or Block. */
    public static final Key<String> GUARD_VERDICT = Key.text("guard_verdict", "guard");
    /** Categories found, comma separated; those left unmasked have a {@code !} before them. */
    public static final Key<String> GUARD_CATEGORIES = Key.text("guard_categories", "guard");
    /** base64 of the int8 vector. */
    public static final Key<String> EMBEDDING = Key.text("embedding", "*");
    public static final Key<Double> EMBEDDING_SCALE = Key.number("embedding_scale", "*");
    public static final Key<String> EMBEDDING_MODEL = Key.text("embedding_model", "*");
    /** LastUser or LastTwo. */
    public static final Key<String> EMBEDDING_TEXT = Key.text("embedding_text", "*");
    /** Keyed hash of the exact text that was embedded, after masking. */
    public static final Key<String> EMBEDDING_HASH = Key.text("embedding_hash", "*");
    public static final Key<String> ROUTE_MODEL = Key.text("route_model", "semantic-router");
    /** The route chosen, of the router's policy. */
    public static final Key<String> ROUTE = Key.text("route", "semantic-router");
    /** Why, in a word. */
    public static final Key<String> ROUTE_REASON = Key.text("route_reason", "semantic-router");
    /** How sure the classifier was, 0 to 1. */
    public static final Key<Double> ROUTE_SCORE = Key.number("route_score", "semantic-router");
    /** hit, stale, miss or bypass. */
    public static final Key<String> CACHE = Key.text("cache", "cache");
    public static final Key<String> RISK_VERDICT = Key.text("risk_verdict", "response-risk");
    public static final Key<Double> INPUT_TOKENS = Key.number("input_tokens", "ratelimit");
    /** Written by response-risk when it cuts a stream, settled by ratelimit. */
    public static final Key<Double> OUTPUT_TOKENS = Key.number("output_tokens", "*");
    public static final Key<Double> TOTAL_TOKENS = Key.number("total_tokens", "ratelimit");

    /** The services in the order in which a request passes them. */
    private static final List<String> CHAIN = List.of("ratelimit", "guard", "cache", "semantic-router", "response-risk", "failover");

    private static final HandOver NONE = new HandOver(Map.of());

    private final Map<String, Object> values;

    private HandOver(Map<String, Object> values) {
        this.values = values;
    }

    public static HandOver none() {
        return NONE;
    }

    /**
     * What earlier services wrote. ext_authz and rate limit replies can only write their own filter's namespace, so those are
     * asked where {@value #NAMESPACE} lacks a key.
     */
    public static HandOver read(Metadata metadata) {
        Map<String, Object> merged = new LinkedHashMap<>();
        merged.putAll(metadata.namespace("envoy.filters.http.ratelimit"));
        merged.putAll(metadata.namespace("envoy.filters.http.ext_authz"));
        merged.putAll(metadata.namespace(NAMESPACE));
        return merged.isEmpty() ? NONE : new HandOver(merged);
    }

    public <T> Optional<T> get(Key<T> key) {
        return Optional.ofNullable(values.get(key.name())).filter(key.type()::isInstance).map(key.type()::cast);
    }

    /** This hand-over with one more value, written by {@code feature}; another writer's key is a programming error. */
    public <T> HandOver with(String feature, Key<T> key, T value) {
        if (!key.writer().equals("*") && !key.writer().equals(feature)) {
            throw new IllegalArgumentException(key.name() + " is written by " + key.writer() + ", not by " + feature);
        }
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key.name(), value);
        return new HandOver(more);
    }

    /** This hand-over, and on top of it the other's values. */
    public HandOver plus(HandOver other) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.putAll(other.values);
        return new HandOver(more);
    }

    /** The path with this feature at its end. */
    public static String pathWith(HandOver before, String feature) {
        return before.get(PATH).map(path -> path + "," + feature).orElse(feature);
    }

    /**
     * Whether a service that belongs behind {@code feature} has seen the request before it: the operator attached them in the
     * wrong order. Names that the chain does not have are passed over.
     */
    public boolean isOutOfOrderFor(String feature) {
        int here = CHAIN.indexOf(feature);
        return get(PATH).stream().flatMap(path -> Stream.of(path.split(","))).anyMatch(passed -> CHAIN.indexOf(passed) > here);
    }

    /** Flat values to write into the metadata. */
    public Map<String, Object> values() {
        return Map.copyOf(values);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HandOver that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(values);
    }

    @Override
    public String toString() {
        return "HandOver" + values.keySet();
    }
}
