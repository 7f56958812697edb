package dev.gatehouse.service.http;

import dev.gatehouse.envoy.extauthz.HttpAuthz;
import dev.gatehouse.exchange.Headers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;

/** The HTTP skin of {@link HttpAuthz}: any method under a prefix. */
public record AuthzRoute(HttpAuthz authz) {

    private static final long MAX_BODY_BYTES = 64 << 20;

    public void mount(Router router, String prefix) {
        router.route(prefix + "/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES)).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        byte[] body = Optional.ofNullable(context.body().buffer()).map(Buffer::getBytes).orElseGet(() -> new byte[0]);
        authz.check(new HttpAuthz.Incoming(request.method().name(), request.uri(), headers(request), body))
                .thenAccept(result -> reply(context.response(), result));
    }

    private static Headers headers(HttpServerRequest request) {
        return new Headers(request.headers().entries().stream()
                .map(entry -> new Headers.Field(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static void reply(HttpServerResponse response, HttpAuthz.Result result) {
        response.setStatusCode(result.status());
        result.headers().fields().forEach(field -> response.headers().add(field.name(), field.value()));
        response.end(Buffer.buffer(result.body()));
    }
}
