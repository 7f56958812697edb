package dev.gatehouse.service.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * An endpoint that takes one JSON document, or, with {@code content-type: application/x-ndjson}, one a line. Lines are judged side by side, as
 * many as there are cores and one more, and answered in their order. An error in one line is answered in its place and ends nothing. For the management router, whose body
 * handler has read the request whole.
 *
 * @param answer   makes one answer
 * @param maxBytes the longest document or line, in bytes; a longer one is refused (413)
 */
public record JsonLinesRoute(JsonAnswer answer, int maxBytes) {

    private static final Logger LOG = Logger.getLogger(JsonLinesRoute.class);
    private static final int AT_ONCE = Runtime.getRuntime().availableProcessors() + 1;
    private static final String NDJSON = "application/x-ndjson";

    /** Answers POST on this path. */
    public void mount(Router router, String path) {
        router.post(path).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        byte[] read = Optional.ofNullable(context.body().buffer()).map(Buffer::getBytes).orElseGet(() -> new byte[0]);
        InputStream body = new ByteArrayInputStream(read);
        Thread.ofVirtual().name("dry-run").start(() -> run(context, body));
    }

    private void run(RoutingContext context, InputStream body) {
        try (body) {
            if (isNdjson(context)) {
                answerLines(body, context.response());
            } else {
                answerDocument(body, context.response());
            }
        } catch (Exception e) {
            LOG.debugf("dry run ended early: %s", e.getClass().getName());
            context.request().connection().close();
        }
    }

    private static boolean isNdjson(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("content-type")).filter(type -> type.startsWith(NDJSON)).isPresent();
    }

    private void answerDocument(InputStream body, HttpServerResponse response) throws Exception {
        byte[] document = body.readNBytes(maxBytes + 1);
        response.putHeader("content-type", "application/json");
        Outcome outcome = document.length > maxBytes ? tooLong() : outcome(document);
        await(response.setStatusCode(outcome.status()).end(Buffer.buffer(outcome.body())));
    }

    private void answerLines(InputStream body, HttpServerResponse response) throws Exception {
        response.setChunked(true).putHeader("content-type", NDJSON);
        Lines lines = new Lines(body, maxBytes);
        Deque<java.util.concurrent.Future<Outcome>> ahead = new ArrayDeque<>();
        try (ExecutorService judges = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dry-run-", 0).factory())) {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                byte[] document = line.get();
                boolean cut = lines.cut();
                ahead.add(judges.submit(() -> cut ? tooLong() : outcome(document)));
                if (ahead.size() == AT_ONCE) {
                    write(response, ahead.remove().get());
                }
            }
            while (!ahead.isEmpty()) {
                write(response, ahead.remove().get());
            }
        } finally {
            ahead.forEach(outcome -> outcome.cancel(true));
        }
        await(response.end());
    }

    private static void write(HttpServerResponse response, Outcome outcome) throws InterruptedException, ExecutionException {
        await(response.write(Buffer.buffer(outcome.body()).appendByte((byte) '\n')));
    }

    private record Outcome(int status, byte[] body) {}

    private Outcome outcome(byte[] document) {
        try {
            return new Outcome(200, answer.answer(document));
        } catch (JsonAnswer.BadDocument e) {
            return new Outcome(400, error(e.getMessage()));
        } catch (Exception e) {
            LOG.errorf("dry run failed: %s", e.getClass().getName());
            return new Outcome(500, error("internal error"));
        }
    }

    private Outcome tooLong() {
        return new Outcome(413, error("document is longer than " + maxBytes + " bytes"));
    }

    private static byte[] error(String message) {
        return new JsonObject().put("error", new JsonObject().put("message", message)).toBuffer().getBytes();
    }

    private static void await(Future<?> future) throws InterruptedException, ExecutionException {
        future.toCompletionStage().toCompletableFuture().get();
    }
}
