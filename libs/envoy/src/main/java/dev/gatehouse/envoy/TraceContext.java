package dev.gatehouse.envoy;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestHead.TraceParent;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/**
 * Carries the W3C trace context of the gRPC metadata into the gRPC {@link Context}. Envoy puts its own span there; the
 * {@code traceparent} among the HTTP headers is only the client's and is the fallback.
 */
public final class TraceContext implements ServerInterceptor {

    private static final Context.Key<TraceParent> TRACE = Context.key("gatehouse-trace");
    private static final Metadata.Key<String> TRACEPARENT = Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TRACESTATE = Metadata.Key.of("tracestate", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
        String traceparent = metadata.get(TRACEPARENT);
        if (traceparent == null) {
            return next.startCall(call, metadata);
        }
        String state = metadata.get(TRACESTATE);
        TraceParent trace = new TraceParent(traceparent, state == null ? "" : state);
        return Contexts.interceptCall(Context.current().withValue(TRACE, trace), call, metadata, next);
    }

    /** The trace of the current gRPC call, else the one among the client's headers. */
    public static Optional<TraceParent> current(Headers headers) {
        return Optional.ofNullable(TRACE.get()).or(() -> fromClient(headers));
    }

    private static Optional<TraceParent> fromClient(Headers headers) {
        return headers.first("traceparent").map(parent -> new TraceParent(parent, headers.first("tracestate").orElse("")));
    }
}
