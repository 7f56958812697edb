package dev.gatehouse.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * The server. Formats are recognised by the end of the path, so that any prefix before it does no harm. {@code GET /log} tells
 * what was sent, {@code GET /last} the newest request as it came, {@code DELETE /log} forgets both, {@code GET /health} is 200.
 */
public final class DemoModel {

    private static final Map<String, Dialect> BY_PATH_END = Map.of(
        "/chat/completions", new ChatCompletions(),
        "/completions", new Completions(),
        "/responses", new Responses(),
        "/messages", new AnthropicMessages(),
        ":generateContent", new Gemini(),
        ":streamGenerateContent", new Gemini());

    private final Vertx vertx;
    private final SendLog log = new SendLog();

    private DemoModel(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Starts a demo model on the loopback address.
     *
     * @param port the port; 0 takes a free one
     * @return the running server, which knows its {@code actualPort()}; failed when the port is taken
     */
    public static Future<HttpServer> start(Vertx vertx, int port) {
        DemoModel model = new DemoModel(vertx);
        return vertx.createHttpServer().requestHandler(model::handle).listen(port, "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        switch (request.method() + " " + request.path()) {
            case "GET /health" -> request.response().end();
            case "GET /log" -> json(request, log.entries().toBuffer());
            case "GET /last" -> json(request, log.last().toBuffer());
            case "DELETE /log" -> {
                log.clear();
                request.response().setStatusCode(204).end();
            }
            default -> request.bodyHandler(body -> answer(request, body));
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        log.received(request, body);
        Exchange exchange = new Exchange(vertx, request, log);
        try {
            answer(request, body, exchange);
        } catch (RuntimeException malformed) {
            exchange.whole(400, OpenAi.error("the request cannot be read: " + malformed.getClass().getSimpleName()), 0);
        }
    }

    private static void answer(HttpServerRequest request, Buffer body, Exchange exchange) {
        String path = request.path();
        if (path.endsWith("/models")) {
            exchange.whole(200, models(), 0);
        } else if (path.endsWith("/embeddings")) {
            exchange.whole(200, Embeddings.of(new JsonObject(body)), 0);
        } else {
            speak(dialect(path), request, body, exchange);
        }
    }

    private static void speak(Dialect dialect, HttpServerRequest request, Buffer raw, Exchange exchange) {
        if (dialect == null) {
            exchange.whole(404, OpenAi.error("no such path"), 0);
            return;
        }
        JsonObject body = new JsonObject(raw);
        String model = dialect.model(body, request.path());
        Controls controls = Controls.read(request.headers(), model);
        if (controls.fail() > 0) {
            exchange.whole(controls.fail(), dialect.error(controls.fail(), "failed as asked"), controls.delayMs());
            return;
        }
        Answer answer = answer(dialect, body, raw, model, controls);
        if (dialect.streams(body, request.path())) {
            exchange.stream(dialect.events(answer), controls);
        } else {
            exchange.whole(200, dialect.whole(answer), controls.delayMs());
        }
    }

    private static Answer answer(Dialect dialect, JsonObject body, Buffer raw, String model, Controls controls) {
        String heard = controls.echo().equals("body") ? raw.toString() : dialect.lastUserText(body);
        Optional<String> known = Leaks.answer(heard, body).or(() -> asksForNothingElse(controls) ? Capitals.answer(heard) : Optional.empty());
        if (known.isPresent()) {
            return Answer.saying(model, heard, known.get(), includesUsage(body));
        }
        return controls.echo().equals("none") ? Answer.ofNothingBut(model, heard, controls.tokens(), includesUsage(body))
            : Answer.to(model, heard, controls.tokens(), includesUsage(body));
    }

    private static boolean asksForNothingElse(Controls controls) {
        return controls.echo().equals("text") && controls.tokens() == 0;
    }

    /** The longest end that matches: "/chat/completions" ends in "/completions" too. */
    private static Dialect dialect(String path) {
        return BY_PATH_END.keySet().stream().filter(path::endsWith)
            .max((one, other) -> Integer.compare(one.length(), other.length()))
            .map(BY_PATH_END::get).orElse(null);
    }

    private static boolean includesUsage(JsonObject body) {
        return body.getJsonObject("stream_options", new JsonObject()).getBoolean("include_usage", false);
    }

    private static JsonObject models() {
        JsonObject demo = new JsonObject().put("id", "demo").put("object", "model").put("created", OpenAi.CREATED)
            .put("owned_by", "gatehouse");
        return new JsonObject().put("object", "list").put("data", new JsonArray().add(demo));
    }

    private static void json(HttpServerRequest request, Buffer document) {
        request.response().putHeader("content-type", "application/json").end(document);
    }
}
