package dev.gatehouse.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;

/** Answers one request and notes in the log what was written, also when the client goes first. */
final class Exchange {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final SendLog log;
    private int chunks;

    Exchange(Vertx vertx, HttpServerRequest request, SendLog log) {
        this.vertx = vertx;
        this.request = request;
        this.log = log;
        request.response().exceptionHandler(gone -> { });
        request.response().endHandler(disposed -> note());
    }

    void whole(int status, JsonObject document, int delayMs) {
        request.response().setStatusCode(status).putHeader("content-type", "application/json");
        after(delayMs, () -> {
            chunks++;
            request.response().end(document.toBuffer());
        });
    }

    void stream(List<String> events, int delayMs) {
        request.response().putHeader("content-type", "text/event-stream").setChunked(true);
        send(events.iterator(), delayMs);
    }

    private void send(Iterator<String> events, int delayMs) {
        while (events.hasNext() && !gone()) {
            chunks++;
            request.response().write(Buffer.buffer(events.next()));
            if (request.response().writeQueueFull()) {
                request.response().drainHandler(drained -> send(events, delayMs));
                return;
            }
            if (delayMs > 0) {
                vertx.setTimer(delayMs, due -> send(events, delayMs));
                return;
            }
        }
        if (!gone()) {
            request.response().end();
        }
    }

    private void after(int delayMs, Runnable action) {
        if (delayMs == 0) {
            action.run();
        } else {
            vertx.setTimer(delayMs, due -> {
                if (!gone()) {
                    action.run();
                }
            });
        }
    }

    private boolean gone() {
        return request.response().closed();
    }

    private void note() {
        boolean aborted = !request.response().ended();
        String id = request.getHeader("x-request-id");
        log.ended(id == null ? "" : id, request.path(), request.response().getStatusCode(), chunks, aborted);
    }
}
