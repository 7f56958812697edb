package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.ratelimit.api.LimitsView;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The management port's pages of {@link LimitsView}. A policy without a namespace is one of {@code default}. */
record LimitsRoutes(LimitsView view) {

    private static final Logger LOG = Logger.getLogger(LimitsRoutes.class);

    void mount(Router router) {
        router.get("/v1/limits").handler(context -> answer(context, asked -> Optional.of(view.limits())));
        router.get("/v1/limits/:policy/:limit/keys").handler(context -> answer(context, this::keys));
        router.get("/v1/limits/:namespace/:policy/:limit/keys").handler(context -> answer(context, this::keys));
        router.post("/v1/limits/:policy/:limit/reset").handler(context -> answer(context, this::reset));
        router.post("/v1/limits/:namespace/:policy/:limit/reset").handler(context -> answer(context, this::reset));
    }

    private Optional<byte[]> keys(RoutingContext asked) {
        return view.keys(policy(asked), asked.pathParam("limit"));
    }

    private Optional<byte[]> reset(RoutingContext asked) {
        return view.reset(policy(asked), asked.pathParam("limit"), Optional.ofNullable(asked.request().getParam("id")));
    }

    private static String policy(RoutingContext asked) {
        return Optional.ofNullable(asked.pathParam("namespace")).orElse("default") + "/" + asked.pathParam("policy");
    }

    /** The store may have to be waited for. */
    private static void answer(RoutingContext context, Function<RoutingContext, Optional<byte[]>> page) {
        Thread.ofVirtual().name("limits-page").start(() -> {
            try {
                Optional<byte[]> body = page.apply(context);
                context.response().setStatusCode(body.isPresent() ? 200 : 404).putHeader("content-type", "application/json")
                        .end(Buffer.buffer(body.orElseGet(LimitsView::unknown)));
            } catch (RuntimeException e) {
                LOG.warnf("limits cannot be shown: %s", e.getClass().getName());
                context.response().setStatusCode(503).putHeader("content-type", "application/json").end(Buffer.buffer(LimitsView.unavailable()));
            }
        });
    }
}
