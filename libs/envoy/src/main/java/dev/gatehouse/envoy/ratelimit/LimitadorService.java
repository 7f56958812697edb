package dev.gatehouse.envoy.ratelimit;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code kuadrant.service.ratelimit.v1.RateLimitService}: CheckRateLimit and Report, over the messages of Envoy's rate limit
 * service. As Limitador does it, an empty domain is answered with code UNKNOWN, and only the overall code is filled in.
 */
public final class LimitadorService implements BindableService {

    private static final String NAME = "kuadrant.service.ratelimit.v1.RateLimitService";

    private final Limitador limitador;

    public LimitadorService(Limitador limitador) {
        this.limitador = limitador;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(NAME)
                .addMethod(method("CheckRateLimit"), ServerCalls.asyncUnaryCall(this::check))
                .addMethod(method("Report"), ServerCalls.asyncUnaryCall(this::report))
                .build();
    }

    private void check(RateLimitRequest request, StreamObserver<RateLimitResponse> call) {
        Answers.send(() -> check(RateLimitCodec.query(request)), RateLimitCodec::response, call);
    }

    private CompletionStage<RateLimitAnswer.Code> check(RateLimitQuery query) {
        return query.domain().isEmpty() ? CompletableFuture.completedStage(RateLimitAnswer.Code.UNKNOWN) : limitador.check(query);
    }

    private void report(RateLimitRequest request, StreamObserver<RateLimitResponse> call) {
        Answers.send(() -> report(RateLimitCodec.query(request)), RateLimitCodec::response, call);
    }

    private CompletionStage<RateLimitAnswer.Code> report(RateLimitQuery query) {
        return query.domain().isEmpty()
                ? CompletableFuture.completedStage(RateLimitAnswer.Code.UNKNOWN)
                : limitador.report(query).thenApply(done -> RateLimitAnswer.Code.OK);
    }

    private static MethodDescriptor<RateLimitRequest, RateLimitResponse> method(String name) {
        return MethodDescriptor.<RateLimitRequest, RateLimitResponse>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
                .setRequestMarshaller(ProtoUtils.marshaller(RateLimitRequest.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(RateLimitResponse.getDefaultInstance()))
                .build();
    }
}
