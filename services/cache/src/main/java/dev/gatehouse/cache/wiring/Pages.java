package dev.gatehouse.cache.wiring;

import dev.gatehouse.cache.api.Forget;
import dev.gatehouse.cache.api.LookupAnswer;
import dev.gatehouse.cache.api.Statistics;
import dev.gatehouse.cache.simulate.SimulateFlow;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import dev.gatehouse.service.http.JsonLinesRoute;
import dev.gatehouse.service.http.LinesRoute;
import dev.gatehouse.state.StateUnavailable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The operator's pages on the management port. */
record Pages(LookupAnswer lookup, SimulateFlow simulation, Forget forget, Statistics statistics) {

    private static final Logger LOG = Logger.getLogger(Pages.class);
    private static final int MAX_BYTES = 64 << 20;

    void mount(Router router) {
        new JsonLinesRoute(lookup, MAX_BYTES).mount(router, "/v1/lookup");
        new LinesRoute(simulation, MAX_BYTES).mount(router, "/v1/simulate");
        router.delete("/v1/entries").handler(context -> answer(context, () -> forget.answer(parameters(context))));
        router.get("/v1/stats").handler(context -> answer(context, statistics::answer));
    }

    private static Map<String, String> parameters(RoutingContext context) {
        return context.queryParams().entries().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
    }

    /** The store may have to be waited for. */
    private static void answer(RoutingContext context, Callable<byte[]> page) {
        Thread.ofVirtual().name("page").start(() -> {
            try {
                end(context, 200, page.call());
            } catch (BadDocument e) {
                end(context, 400, error(e.getMessage()));
            } catch (StateUnavailable e) {
                end(context, 503, error("the store does not answer"));
            } catch (Exception e) {
                LOG.errorf("a page failed: %s", e.getClass().getName());
                end(context, 500, error("internal error"));
            }
        });
    }

    private static byte[] error(String message) {
        return new JsonObject().put("error", new JsonObject().put("message", message)).toBuffer().getBytes();
    }

    private static void end(RoutingContext context, int status, byte[] body) {
        context.response().setStatusCode(status).putHeader("content-type", "application/json").end(Buffer.buffer(body));
    }
}
