package dev.gatehouse.envoy.ratelimit;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.stub.StreamObserver;

/** {@code envoy.service.ratelimit.v3.RateLimitService} over gRPC. Serve it with a direct executor. */
public final class RateLimitService extends RateLimitServiceGrpc.RateLimitServiceImplBase {

    private final RateLimiter limiter;

    public RateLimitService(RateLimiter limiter) {
        this.limiter = limiter;
    }

    @Override
    public void shouldRateLimit(RateLimitRequest request, StreamObserver<RateLimitResponse> call) {
        Answers.send(() -> limiter.decide(RateLimitCodec.query(request)), RateLimitCodec::response, call);
    }
}
