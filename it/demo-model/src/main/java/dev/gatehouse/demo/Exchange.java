package dev.gatehouse.demo;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;

/** Answers one request and notes in the log what was written, also when the client goes first. */
final class Exchange {

    private static final int DYING_MS = 300;

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

    void stream(List<String> events, Controls controls) {
        request.response().putHeader("content-type", "text/event-stream").setChunked(true);
        send(events.iterator(), controls);
    }

    private void send(Iterator<String> events, Controls controls) {
        while (events.hasNext() && !gone()) {
            if (chunks == controls.stall()) {
                request.response().writeHead();
                return;
            }
            if (chunks == controls.die()) {
                die(controls.delayMs());
                return;
            }
            chunks++;
            request.response().write(Buffer.buffer(events.next()));
            if (request.response().writeQueueFull()) {
                request.response().drainHandler(drained -> send(events, controls));
                return;
            }
            if (controls.delayMs() > 0) {
                vertx.setTimer(controls.delayMs(), due -> send(events, controls));
                return;
            }
        }
        if (!gone()) {
            request.response().end();
        }
    }

    /** Breaks the connection once what was written before has had time to arrive. */
    private void die(int delayMs) {
        vertx.setTimer(Math.max(DYING_MS, delayMs), due -> request.connection().close());
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
