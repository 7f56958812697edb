package dev.gatehouse.service.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * An endpoint that takes NDJSON and answers NDJSON, all lines of a request by one flow, each answer sent as it is made. For the management
 * router, whose body handler has read the request whole.
 *
 * @param flow     answers one request
 * @param maxBytes the longest line
 */
public record LinesRoute(LinesFlow flow, int maxBytes) {

    private static final Logger LOG = Logger.getLogger(LinesRoute.class);

    /** Answers POST on this path. */
    public void mount(Router router, String path) {
        router.post(path).handler(context -> Thread.ofVirtual().name("lines").start(() -> run(context)));
    }

    private void run(RoutingContext context) {
        HttpServerResponse response = context.response().setChunked(true);
        try {
            flow.run(parameters(context), source(context), line -> write(response, line));
            await(response.end());
        } catch (JsonAnswer.BadDocument e) {
            refuse(context, 400, e.getMessage());
        } catch (Exception e) {
            LOG.warnf("lines were not answered to their end: %s", e.getClass().getName());
            refuse(context, 500, "internal error");
        }
    }

    private static Map<String, String> parameters(RoutingContext context) {
        return context.queryParams().entries().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    private LinesFlow.Source source(RoutingContext context) {
        byte[] body = Optional.ofNullable(context.body().buffer()).map(Buffer::getBytes).orElseGet(() -> new byte[0]);
        Lines lines = new Lines(new ByteArrayInputStream(body), maxBytes);
        return () -> lines.next().map(line -> new LinesFlow.Line(lines.number(), line, lines.cut()));
    }

    private static void write(HttpServerResponse response, byte[] line) throws InterruptedException, ExecutionException {
        if (!response.headWritten()) {
            response.putHeader("content-type", "application/x-ndjson");
        }
        await(response.write(Buffer.buffer(line).appendByte((byte) '\n')));
    }

    /** Once lines have been written only the connection can tell that something is wrong. */
    private static void refuse(RoutingContext context, int status, String message) {
        if (context.response().headWritten()) {
            context.request().connection().close();
        } else {
            context.response().setStatusCode(status).putHeader("content-type", "application/json")
                    .end(new JsonObject().put("error", new JsonObject().put("message", message)).toBuffer());
        }
    }

    private static void await(Future<?> future) throws InterruptedException, ExecutionException {
        future.toCompletionStage().toCompletableFuture().get();
    }
}
