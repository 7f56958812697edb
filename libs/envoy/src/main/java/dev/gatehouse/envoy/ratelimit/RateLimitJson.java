package dev.gatehouse.envoy.ratelimit;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;

/** The rate limit service's question and answer as JSON, by protobuf's JSON mapping. */
public final class RateLimitJson {

    private static final JsonFormat.Parser PARSER = JsonFormat.parser();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private RateLimitJson() {}

    /** @throws IllegalArgumentException for what is no {@code RateLimitRequest}; its message holds nothing of the text */
    public static RateLimitQuery query(String json) {
        RateLimitRequest.Builder request = RateLimitRequest.newBuilder();
        try {
            PARSER.merge(json, request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the body is not a RateLimitRequest in JSON");
        }
        return RateLimitCodec.query(request.build());
    }

    public static String text(RateLimitAnswer answer) {
        try {
            return PRINTER.print(RateLimitCodec.response(answer));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a RateLimitResponse has no Any that could be unknown", e);
        }
    }
}
