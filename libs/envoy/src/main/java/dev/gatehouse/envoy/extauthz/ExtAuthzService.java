package dev.gatehouse.envoy.extauthz;

import dev.gatehouse.envoy.work.Watchdog;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestHead;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Envoy's external authorization over gRPC, over one feature. The gRPC call itself always succeeds: any other status than OK,
 * PERMISSION_DENIED or UNAUTHENTICATED in the answer would be a failure that the host may let pass. Serve it with a direct
 * executor, as {@link dev.gatehouse.envoy.extproc.ExtProcService}.
 */
public final class ExtAuthzService extends AuthorizationGrpc.AuthorizationImplBase implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ExtAuthzService.class.getName());
    private static final LocalReply CANNOT_JUDGE = LocalReply.json(500, "{\"error\":{\"code\":\"gatehouse_internal_error\"}}");
    private static final Decision.Allowed UNTOUCHED = new Decision.Allowed(HeaderChange.none(), HandOver.none());

    private final Feature feature;
    private final ExchangeObserver observer;
    private final Watchdog watchdog = new Watchdog();

    public ExtAuthzService(Feature feature, ExchangeObserver observer) {
        this.feature = feature;
        this.observer = observer;
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> responses) {
        ServerCallStreamObserver<CheckResponse> call = (ServerCallStreamObserver<CheckResponse>) responses;
        AttributeContext context = request.getAttributes();
        Headers headers = CheckCodec.headers(context.getRequest().getHttp());
        try {
            judge(context, headers, call);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "{0} could not say whether it takes part: {1}", feature.name(), e.getClass().getName());
            answer(call, CheckCodec.response(new Decision.Denied(CANNOT_JUDGE), headers));
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }

    private void judge(AttributeContext context, Headers headers, ServerCallStreamObserver<CheckResponse> call) {
        Body body = CheckCodec.body(context.getRequest().getHttp(), headers);
        RequestHead head = CheckCodec.head(context, headers, body);
        Optional<Acceptance> acceptance = feature.accept(head);
        if (acceptance.isEmpty()) {
            observer.untouched(feature.name(), head);
            answer(call, CheckCodec.allow(UNTOUCHED, headers));
            return;
        }
        Authorization authorization = new Authorization(
                feature.name(), head, body, acceptance.get(), observer.begin(feature.name(), head), watchdog);
        call.setOnCancelHandler(authorization::abort);
        authorization.start().thenAccept(decision -> answer(call, CheckCodec.response(decision, headers)));
    }

    private static void answer(ServerCallStreamObserver<CheckResponse> call, CheckResponse response) {
        if (!call.isCancelled()) {
            call.onNext(response);
            call.onCompleted();
        }
    }
}
