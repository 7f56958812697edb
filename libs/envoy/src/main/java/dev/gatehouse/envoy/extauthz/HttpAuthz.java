package dev.gatehouse.envoy.extauthz;

import dev.gatehouse.envoy.TraceContext;
import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.envoy.work.Watchdog;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * External authorization over HTTP (Envoy's {@code http_service}, Gateway API's {@code ExternalAuth} with {@code protocol: HTTP})
 * over one feature, apart from any web framework. 200 allows; the host copies the header fields that it was told to copy, and takes
 * away those that the answer lists. Anything else denies, with a 4xx: a reply of 5xx goes out as 403. No metadata comes or goes this
 * way, and a 200 cannot be a refusal: a local reply of 200 ends as {@link dev.gatehouse.exchange.Failure.Impossible}. Thread-safe.
 */
public final class HttpAuthz implements AutoCloseable {

    /**
     * An authorization request.
     *
     * @param path    path and query, the configured prefix included
     * @param headers all fields, {@code host} among them
     * @param body    what came of the body, may be empty
     */
    public record Incoming(String method, String path, Headers headers, byte[] body) {}

    /** What to answer; {@code content-length} is the server's to set. */
    public record Result(int status, Headers headers, byte[] body) {}

    private static final Logger LOG = System.getLogger(HttpAuthz.class.getName());
    private static final LocalReply CANNOT_JUDGE = LocalReply.json(500, "{\"error\":{\"code\":\"gatehouse_internal_error\"}}");
    /** Envoy takes the headers that an allowing answer lists here from the request (HttpService of {@code ext_authz.v3}). */
    private static final String HEADERS_TO_REMOVE = "x-envoy-auth-headers-to-remove";
    private static final int ALLOWED = 200;
    private static final int FORBIDDEN = 403;

    private final Feature feature;
    private final ExchangeObserver observer;
    private final String pathPrefix;
    private final Watchdog watchdog = new Watchdog();

    /** @param pathPrefix what the host puts before the path ({@code path_prefix}); empty for none */
    public HttpAuthz(Feature feature, ExchangeObserver observer, String pathPrefix) {
        this.feature = feature;
        this.observer = observer;
        this.pathPrefix = pathPrefix;
    }

    /** Judges on a virtual thread of its own; completed already when no policy touches the request. Never fails. */
    public CompletionStage<Result> check(Incoming incoming) {
        try {
            return judge(incoming);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "{0} could not say whether it takes part: {1}", feature.name(), e.getClass().getName());
            return CompletableFuture.completedStage(denied(CANNOT_JUDGE));
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }

    private CompletionStage<Result> judge(Incoming incoming) {
        Body body = AuthzBody.of(incoming.method(), incoming.headers(), incoming.body());
        RequestHead head = head(incoming, body);
        Optional<Acceptance> acceptance = feature.accept(head);
        if (acceptance.isEmpty()) {
            observer.untouched(feature.name(), head);
            return CompletableFuture.completedStage(allowed(HeaderChange.none(), incoming));
        }
        return new Authorization(feature.name(), head, body, acceptance.get(), observer.begin(feature.name(), head), watchdog)
                .start()
                .thenApply(decision -> result(decision, incoming));
    }

    private RequestHead head(Incoming incoming, Body body) {
        return new RequestHead(
                incoming.method(), incoming.headers().first("host").orElse(""), stripped(incoming.path()),
                HeaderCodec.requestFields(incoming.headers()), Map.of(), Metadata.empty(), TraceContext.current(incoming.headers()),
                new Attachment(Protocol.EXT_AUTHZ_HTTP, AuthzBody.mode(body), BodyMode.NONE));
    }

    /** The client's path: the prefix goes only where a path follows it. */
    private String stripped(String path) {
        String rest = path.startsWith(pathPrefix) ? path.substring(pathPrefix.length()) : path;
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static Result result(Decision decision, Incoming incoming) {
        return switch (decision) {
            case Decision.Allowed allowed -> allowed(allowed.headers(), incoming);
            case Decision.Denied denied -> denied(denied.reply());
        };
    }

    private static Result allowed(HeaderChange change, Incoming incoming) {
        Stream<String> control = HeaderCodec.stripControl(incoming.headers()).getRemoveHeadersList().stream();
        String remove = Stream.concat(RemovedNames.of(change).stream(), control).distinct().collect(Collectors.joining(","));
        Headers headers = new Headers(change.set());
        return new Result(ALLOWED, remove.isEmpty() ? headers : headers.with(HEADERS_TO_REMOVE, remove), new byte[0]);
    }

    /** Envoy takes a 5xx for a failure of ours, which its {@code failure_mode_allow} may let pass; a denial must be one. */
    private static Result denied(LocalReply reply) {
        int status = reply.status() < 500 ? reply.status() : FORBIDDEN;
        return new Result(status, reply.headers().without("content-length"), reply.body());
    }
}
