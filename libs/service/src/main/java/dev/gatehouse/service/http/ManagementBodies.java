package dev.gatehouse.service.http;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Reads the bodies of requests to the management port as the bytes that they are, whatever they are called: curl calls them a form when nobody
 * says what they are. Quarkus reads them before any route that a service adds, takes forms apart, and refuses one with a percent sign that is no
 * escape; so its reader is replaced. Longest body: {@code quarkus.management.limits.max-body-size}.
 */
@Singleton
public class ManagementBodies {

    private static final List<String> FORMS = List.of("application/x-www-form-urlencoded", "multipart/form-data");

    private final BodyHandler reader;

    ManagementBodies(ManagementConfig config) {
        reader = BodyHandler.create(false);
        config.limits().maxBodySize().ifPresent(size -> reader.setBodyLimit(size.asLongValue()));
    }

    void management(@Observes ManagementInterface management) {
        replaceReader(management.router());
    }

    private void replaceReader(Router router) {
        router.getRoutes().stream().filter(ManagementBodies::isForAll).findFirst().orElseThrow().disable();
        router.route().order(Integer.MIN_VALUE).handler(this::read);
    }

    /** Quarkus' reader is the first such route. */
    private static boolean isForAll(Route route) {
        return route.getPath() == null && route.methods() == null;
    }

    private void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            context.next();
            return;
        }
        if (isForm(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            request.headers().remove(HttpHeaders.CONTENT_TYPE);
        }
        request.resume();
        reader.handle(context);
    }

    private static boolean isForm(String type) {
        return type != null && FORMS.stream().anyMatch(form -> type.regionMatches(true, 0, form, 0, form.length()));
    }
}
