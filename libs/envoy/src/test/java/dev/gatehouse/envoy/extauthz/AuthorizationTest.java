package dev.gatehouse.envoy.extauthz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Code;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Peer;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Authorizations as the host sees them, over gRPC and over HTTP. */
class AuthorizationTest {

    private static final Map<String, String> POST = Map.of(":path", "/v1/chat/completions", "x-gatehouse-tenant", "evil");

    private static CheckResponse check(TestHandler feature, HttpRequest http) throws Exception {
        return check(feature, AttributeContext.newBuilder().setRequest(AttributeContext.Request.newBuilder().setHttp(http)).build());
    }

    private static CheckResponse check(TestHandler feature, AttributeContext context) throws Exception {
        String name = InProcessServerBuilder.generateName();
        try (ExtAuthzService service = new ExtAuthzService(feature, ExchangeObserver.NONE)) {
            Server server = InProcessServerBuilder.forName(name).directExecutor().addService(service).build().start();
            ManagedChannel channel = InProcessChannelBuilder.forName(name).directExecutor().build();
            try {
                return AuthorizationGrpc.newBlockingStub(channel).check(CheckRequest.newBuilder().setAttributes(context).build());
            } finally {
                channel.shutdownNow();
                server.shutdownNow();
            }
        }
    }

    private static HttpRequest post(String body, String... headers) {
        HttpRequest.Builder http = HttpRequest.newBuilder().setMethod("POST").setPath("/v1/chat/completions").putAllHeaders(POST);
        for (int i = 0; i < headers.length; i += 2) {
            http.putHeaders(headers[i], headers[i + 1]);
        }
        return http.setRawBody(ByteString.copyFromUtf8(body)).build();
    }

    private static HttpAuthz.Result overHttp(TestHandler feature, String method, String path, String body) {
        try (HttpAuthz authz = new HttpAuthz(feature, ExchangeObserver.NONE, "/authz")) {
            return authz.check(new HttpAuthz.Incoming(
                    method, path, Headers.of("host", "api.example.com"), body.getBytes(StandardCharsets.UTF_8))).toCompletableFuture().join();
        }
    }

    private static TestHandler blocking() {
        return TestHandler.ofRequest(request -> {
            request.body();
            return RequestVerdict.reply(LocalReply.json(403, "{\"blocked\":true}"));
        });
    }

    /** Advisory envoy#34951: a deny is a status in the answer, never a failed call. */
    @Test
    void denyIsAnExplicitStatusInASuccessfulCall() throws Exception {
        TestHandler feature = blocking();
        CheckResponse response = check(feature, post("secret"));
        assertThat(response.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
        assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(403);
        assertThat(response.getDeniedResponse().getBody()).isEqualTo("{\"blocked\":true}");
        assertThat(response.getDynamicMetadata().getFieldsOrThrow("replied_by").getStringValue()).isEqualTo("guard");
        assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
    }

    @Test
    void missingCredentialsAreUnauthenticated() throws Exception {
        CheckResponse response = check(TestHandler.ofHead(request -> RequestVerdict.reply(LocalReply.json(401, "{}"))), post(""));
        assertThat(response.getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED_VALUE);
    }

    @Test
    void passSetsHeadersAndMetadataAndTakesControlHeadersAway() throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> new RequestVerdict.Forward(
                HeaderChange.none().setting("x-model", "small"), Optional.empty(),
                HandOver.none().with("guard", HandOver.GUARD_VERDICT, "Allow"), false));
        CheckResponse response = check(feature, post("hello"));
        assertThat(response.getStatus().getCode()).isEqualTo(Code.OK_VALUE);
        assertThat(response.getOkResponse().getHeaders(0).getHeader().getValue()).isEqualTo("small");
        assertThat(response.getOkResponse().getHeadersToRemoveList()).containsExactly("x-gatehouse-tenant");
        assertThat(response.getDynamicMetadata().getFieldsOrThrow("guard_verdict").getStringValue()).isEqualTo("Allow");
        assertThat(feature.head.headers().first("x-gatehouse-tenant")).isEmpty();
    }

    @Test
    void untouchedRequestIsAllowedOnTheCallersThread() throws Exception {
        TestHandler feature = TestHandler.untouched();
        CheckResponse response = check(feature, post("hello"));
        assertThat(response.getStatus().getCode()).isEqualTo(Code.OK_VALUE);
        assertThat(feature.acceptThread).isSameAs(Thread.currentThread());
        assertThat(response.getOkResponse().getHeadersToRemoveList()).containsExactly("x-gatehouse-tenant");
    }

    @Test
    void bodyIsWholeCutOrNotSent() throws Exception {
        assertThat(seen(post("hello", "content-length", "5")).extent()).isEqualTo(Extent.WHOLE);
        assertThat(seen(post("hel", "content-length", "5")).extent()).isEqualTo(Extent.CUT_BY_HOST);
        assertThat(seen(post("hel", "x-envoy-auth-partial-body", "true")).extent()).isEqualTo(Extent.CUT_BY_HOST);
        assertThat(seen(post("", "content-length", "5")).extent()).isEqualTo(Extent.NOT_SENT);
        assertThat(seen(post("", "content-length", "0")).extent()).isEqualTo(Extent.WHOLE);
        assertThat(seen(post("").toBuilder().setMethod("GET").build()).extent()).isEqualTo(Extent.WHOLE);
        assertThat(new String(seen(post("").toBuilder().setBody("text").build()).bytes(), StandardCharsets.UTF_8)).isEqualTo("text");
    }

    private static Body seen(HttpRequest http) throws Exception {
        BlockingQueue<Body> bodies = new LinkedBlockingQueue<>();
        check(TestHandler.ofRequest(request -> {
            bodies.add(request.body());
            return RequestVerdict.forward();
        }), http);
        return bodies.take();
    }

    @Test
    void attributesAndMetadataReachTheHandler() throws Exception {
        TestHandler feature = TestHandler.ofHead(request -> RequestVerdict.forward());
        Metadata metadata = Metadata.newBuilder().putFilterMetadata("gatehouse", Struct.newBuilder()
                .putFields("tenant", Value.newBuilder().setStringValue("blue").build()).build()).build();
        check(feature, AttributeContext.newBuilder()
                .setSource(Peer.newBuilder().setPrincipal("spiffe://cluster/ns/a"))
                .setMetadataContext(metadata)
                .setRouteMetadataContext(metadata)
                .setRequest(AttributeContext.Request.newBuilder().setHttp(post("")))
                .build());
        assertThat(feature.head.attribute("source.principal")).contains("spiffe://cluster/ns/a");
        assertThat(feature.head.handOver().get(HandOver.TENANT)).contains("blue");
        assertThat(feature.head.attributes()).containsKey("xds.route_metadata");
    }

    @Test
    void changedBodyIsImpossibleAndEndsByTheFailureMode() throws Exception {
        TestHandler closed = TestHandler.ofRequest(request -> RequestVerdict.forward(new byte[] {1}, HandOver.none()));
        assertThat(check(closed, post("hello")).getDeniedResponse().getStatus().getCodeValue()).isEqualTo(503);
        TestHandler open = TestHandler.ofRequest(request -> RequestVerdict.forward(new byte[] {1}, HandOver.none())).failing(FailureMode.FailOpen);
        CheckResponse response = check(open, post("hello"));
        assertThat(response.getStatus().getCode()).isEqualTo(Code.OK_VALUE);
        assertThat(response.getDynamicMetadata().getFieldsOrThrow("fail_open").getStringValue()).isEqualTo("guard");
    }

    @Test
    void hungHandlerIsDeniedWithinItsTimeout() throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> {
            Thread.sleep(60_000);
            return RequestVerdict.forward();
        }).within(Duration.ofMillis(50));
        assertThat(check(feature, post("hello")).getDeniedResponse().getStatus().getCodeValue()).isEqualTo(503);
        assertThat(feature.ending()).isEqualTo(Ending.REPLIED);
    }

    @Test
    void whoFailsOpenMayStillTakeHeadersAway() throws Exception {
        HeaderChange change = HeaderChange.none().removing("x-model");
        TestHandler feature = TestHandler.ofRequest(request -> {
            throw new IllegalStateException("broken");
        }).failingOpen(change);
        assertThat(check(feature, post("hello")).getOkResponse().getHeadersToRemoveList()).containsExactly("x-model", "x-gatehouse-tenant");
        assertThat(overHttp(feature, "POST", "/authz/v1/chat/completions", "{}").headers().first("x-envoy-auth-headers-to-remove")).contains("x-model");
    }

    /** Envoy removes after it has set. */
    @Test
    void whatIsTakenAwayAndSetAnewIsSet() throws Exception {
        TestHandler feature = TestHandler.ofRequest(request -> new RequestVerdict.Forward(
                HeaderChange.none().removing("x-model").removing("x-tier").setting("X-Model", "small"), Optional.empty(), HandOver.none(), false));
        CheckResponse response = check(feature, post("hello"));
        assertThat(response.getOkResponse().getHeaders(0).getHeader().getValue()).isEqualTo("small");
        assertThat(response.getOkResponse().getHeadersToRemoveList()).containsExactly("x-tier", "x-gatehouse-tenant");
        HttpAuthz.Result result = overHttp(feature, "POST", "/authz/v1/chat/completions", "{}");
        assertThat(result.headers().first("x-model")).contains("small");
        assertThat(result.headers().first("x-envoy-auth-headers-to-remove")).contains("x-tier");
    }

    @Test
    void httpAllowsWith200AndTheHeadersToCopy() {
        TestHandler feature = TestHandler.ofRequest(request -> new RequestVerdict.Forward(
                HeaderChange.none().setting("x-model", "small"), Optional.empty(), HandOver.none(), false));
        HttpAuthz.Result result = overHttp(feature, "POST", "/authz/v1/chat/completions?a=b", "{}");
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.headers().first("x-model")).contains("small");
        assertThat(feature.head.path()).isEqualTo("/v1/chat/completions?a=b");
    }

    @Test
    void httpDeniesWithTheReply() {
        HttpAuthz.Result result = overHttp(blocking(), "POST", "/authz/v1/chat/completions", "secret");
        assertThat(result.status()).isEqualTo(403);
        assertThat(new String(result.body(), StandardCharsets.UTF_8)).isEqualTo("{\"blocked\":true}");
    }

    @Test
    void httpNeverTakesALocalReplyOf200ForAYes() {
        TestHandler feature = TestHandler.ofHead(request -> RequestVerdict.reply(LocalReply.json(200, "{\"cached\":true}")));
        assertThat(overHttp(feature, "POST", "/authz/v1/chat/completions", "{}").status()).isEqualTo(403);
    }
}
