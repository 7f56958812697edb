package dev.gatehouse.envoy.ratelimit;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers a unary call when its stage completes: with a message, or with the status that an error stands for. */
final class Answers {

    private static final Logger LOG = System.getLogger(Answers.class.getName());

    private Answers() {}

    static <A, R> void send(Supplier<CompletionStage<A>> question, Function<A, R> encode, StreamObserver<R> call) {
        try {
            question.get().whenComplete((answer, error) -> {
                if (error == null) {
                    complete(call, encode.apply(answer));
                } else {
                    fail(call, error);
                }
            });
        } catch (RuntimeException e) {
            fail(call, e);
        }
    }

    private static <R> void complete(StreamObserver<R> call, R response) {
        if (!(call instanceof ServerCallStreamObserver<R> server && server.isCancelled())) {
            call.onNext(response);
            call.onCompleted();
        }
    }

    private static void fail(StreamObserver<?> call, Throwable error) {
        call.onError(status(error instanceof CompletionException && error.getCause() != null ? error.getCause() : error).asRuntimeException());
    }

    /** UNKNOWN for a question that is none, as envoyproxy/ratelimit answers it. */
    private static Status status(Throwable error) {
        return switch (error) {
            case RateLimiter.Refused refused -> Status.UNKNOWN.withDescription(refused.getMessage());
            case RateLimiter.Unanswerable unanswerable -> Status.UNAVAILABLE.withDescription(unanswerable.getMessage());
            default -> {
                LOG.log(Level.ERROR, "a rate limit question failed: {0}", error.getClass().getName());
                yield Status.INTERNAL.withDescription("the rate limit service failed");
            }
        };
    }
}
