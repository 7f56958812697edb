package dev.gatehouse.it.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.it.chain.Backend;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scenario.
 *
 * @param name  what a user sees, as a sentence
 * @param given the policy's spec (without targetRefs), or null for none
 * @param when  the request
 * @param needs what the attachment must be able to do; where it cannot, the refusal is expected
 * @param then  what the client and the backend see
 */
public record Scenario(String name, JsonNode given, When when, List<Capability> needs, Then then) {

    public Scenario {
        needs = needs == null ? List.of() : needs;
    }

    /**
     * The request: a JSON body or a text one.
     *
     * @param times  how often it is sent, one after the other; the last answer counts (default 1)
     * @param before what is asked before it, in order
     * @param answer what the backend answers; a small completion where nothing is said
     */
    public record When(String method, String path, Map<String, String> headers, JsonNode json, String text, Integer times, List<Before> before, Answer answer) {
        public When {
            times = times == null ? Integer.valueOf(1) : times;
            method = method == null ? "POST" : method;
            path = path == null ? "/v1/chat/completions" : path;
            headers = headers == null ? Map.of() : headers;
            before = before == null ? List.of() : before;
        }

        /** One that is asked before this one. */
        When with(Before earlier) {
            Map<String, String> changed = new HashMap<>(headers);
            changed.putAll(earlier.headers());
            return new When(method, earlier.path() == null ? path : earlier.path(), changed, earlier.json(), null, 1, List.of(), earlier.answer());
        }

        /** The same, of a client that wants an answer from the cache or none. */
        When onlyIfCached() {
            Map<String, String> changed = new HashMap<>(headers);
            changed.put("cache-control", "only-if-cached");
            return new When(method, path, changed, json, text, 1, List.of(), answer);
        }

        byte[] body() {
            String body = json == null ? Optional.ofNullable(text).orElse("") : json.toString();
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * An earlier request.
     *
     * @param path    the request's own when absent
     * @param headers in addition to the request's
     * @param cached  whether the next one waits until its answer is cached
     */
    public record Before(String path, Map<String, String> headers, JsonNode json, Answer answer, boolean cached) {
        public Before {
            headers = headers == null ? Map.of() : headers;
        }
    }

    /**
     * The backend's answer: one of a JSON body and the data of server-sent events (objects or texts), sent an event a chunk.
     */
    public record Answer(Integer status, Map<String, String> headers, JsonNode json, List<JsonNode> events) {
        Backend.Script script() {
            Backend.Script script = events == null ? Backend.Script.json(json.toString()) : Backend.Script.events(events.stream().map(Answer::text).toList());
            Map<String, String> all = new HashMap<>(script.headers());
            all.putAll(headers == null ? Map.of() : headers);
            return new Backend.Script(status == null ? 200 : status, all, script.chunks(), script.gap(), script.cut());
        }

        private static String text(JsonNode event) {
            return event.isTextual() ? event.textValue() : event.toString();
        }
    }

    /**
     * What must hold.
     *
     * @param status       the client's status
     * @param headers      patterns that the client's header fields match as a whole
     * @param has          strings in the client's body
     * @param lacks        strings not in it
     * @param backend      whether the request reaches the backend (default: when the status is 200)
     * @param backendHas   strings in what the backend got
     * @param backendLacks strings not in it
     * @param backendHeaders patterns that header fields of what the backend got match as a whole; an empty one: it has no such field
     * @param sameBytes    whether the backend got the client's very bytes
     */
    public record Then(int status, Map<String, String> headers, List<String> has, List<String> lacks, Boolean backend,
            @JsonProperty("backendHas") List<String> backendHas, @JsonProperty("backendLacks") List<String> backendLacks,
            @JsonProperty("backendHeaders") Map<String, String> backendHeaders, boolean sameBytes) {
        public Then {
            headers = headers == null ? Map.of() : headers;
            backendHeaders = backendHeaders == null ? Map.of() : backendHeaders;
            has = orEmpty(has);
            lacks = orEmpty(lacks);
            backendHas = orEmpty(backendHas);
            backendLacks = orEmpty(backendLacks);
            backend = backend == null ? Boolean.valueOf(status == 200) : backend;
        }

        private static List<String> orEmpty(List<String> list) {
            return list == null ? List.of() : list;
        }
    }
}
