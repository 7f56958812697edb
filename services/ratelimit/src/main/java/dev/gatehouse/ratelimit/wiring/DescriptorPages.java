package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.envoy.ratelimit.RateLimitAnswer;
import dev.gatehouse.envoy.ratelimit.RateLimitAnswer.Code;
import dev.gatehouse.envoy.ratelimit.RateLimitJson;
import dev.gatehouse.envoy.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.descriptor.LiveConfiguration;
import dev.gatehouse.ratelimit.descriptor.Statistics;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The rate limit service's pages: {@code /json} and {@code /healthcheck} for callers, {@code /rlconfig} and {@code /stats} for
 * operators.
 *
 * @param healthy what {@code /healthcheck} says
 */
record DescriptorPages(RateLimiter limiter, LiveConfiguration configuration, Statistics statistics, BooleanSupplier healthy) {

    private static final long MAX_BODY_BYTES = 1 << 20;

    /** The pages for callers. */
    void mountService(Router router) {
        router.route("/json").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES)).handler(this::json);
        router.get("/healthcheck").handler(context -> {
            boolean ok = healthy.getAsBoolean();
            context.response().setStatusCode(ok ? 200 : 500).end(ok ? "OK" : "");
        });
    }

    /** The pages for operators. */
    void mountDebug(Router router) {
        router.get("/rlconfig").handler(context -> text(context, configuration.get().dump()));
        router.get("/stats").handler(context -> text(context, stats()));
        router.get("/").handler(context -> text(context, "/rlconfig: print out the currently loaded configuration for debugging\n/stats: print out stats\n"));
    }

    private String stats() {
        return statistics.snapshot().entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue() + "\n").collect(Collectors.joining());
    }

    private static void text(RoutingContext context, String text) {
        context.response().putHeader("content-type", "text/plain; charset=utf-8").end(text);
    }

    /** As envoyproxy/ratelimit: 200, 429 where it refuses, 400 for what is no question and where there is no answer. */
    private void json(RoutingContext context) {
        HttpServerResponse response = context.response();
        try {
            limiter.decide(RateLimitJson.query(context.body().asString() == null ? "" : context.body().asString())).whenComplete((answer, error) -> {
                if (error == null) {
                    answer(response, answer);
                } else {
                    badRequest(response);
                }
            });
        } catch (IllegalArgumentException | RateLimiter.Refused e) {
            badRequest(response);
        }
    }

    private static void answer(HttpServerResponse response, RateLimitAnswer answer) {
        int status = answer.overall() == Code.OK ? 200 : answer.overall() == Code.OVER_LIMIT ? 429 : 500;
        response.setStatusCode(status).putHeader("content-type", "application/json").end(RateLimitJson.text(answer));
    }

    private static void badRequest(HttpServerResponse response) {
        response.setStatusCode(400).putHeader("content-type", "text/plain; charset=utf-8").end("Bad Request\n");
    }
}
