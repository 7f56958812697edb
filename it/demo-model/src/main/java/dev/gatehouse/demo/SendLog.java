package dev.gatehouse.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * What was sent to whom, for tests: the newest {@value #KEPT} exchanges, oldest first, and the newest request as it came. Any
 * thread may use it.
 */
final class SendLog {

    private static final int KEPT = 20_000;

    private final Deque<JsonObject> entries = new ArrayDeque<>();
    private Received last;

    /**
     * Adds one exchange that has ended.
     *
     * @param id      the request's {@code x-request-id}, else empty
     * @param chunks  body chunks written
     * @param aborted whether the client had gone before the last of them
     */
    synchronized void ended(String id, String path, int status, int chunks, boolean aborted) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new JsonObject().put("id", id).put("path", path).put("status", status)
            .put("chunks", chunks).put("aborted", aborted));
    }

    synchronized void received(HttpServerRequest request, Buffer body) {
        last = new Received(request, body);
    }

    synchronized JsonArray entries() {
        JsonArray copy = new JsonArray();
        entries.forEach(copy::add);
        return copy;
    }

    /** The newest request: method, path, headers by name (the last value of each), body; empty when none has come. */
    synchronized JsonObject last() {
        return last == null ? new JsonObject() : last.toJson();
    }

    synchronized void clear() {
        entries.clear();
        last = null;
    }

    private record Received(HttpServerRequest request, Buffer body) {
        private JsonObject toJson() {
            JsonObject headers = new JsonObject();
            request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
            return new JsonObject().put("method", request.method().name()).put("path", request.path())
                .put("headers", headers).put("body", body.toString());
        }
    }
}
