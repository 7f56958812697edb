package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.ImmediateResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import java.util.ArrayList;
import java.util.List;

/** A local reply in the two forms of ext_proc: an immediate response before the backend's, a mutation of it afterwards. */
final class LocalReplies {

    /** Fields that describe the body that is replaced. */
    private static final List<String> OF_THE_OLD_BODY = List.of(
            "content-length", "content-encoding", "content-type", "content-range", "content-md5", "content-digest", "repr-digest",
            "content-disposition", "content-language", "accept-ranges", "etag", "last-modified");

    private LocalReplies() {}

    /** @param details shows up as {@code %RESPONSE_CODE_DETAILS%} in Envoy's access log */
    static ImmediateResponse immediate(LocalReply reply, String details) {
        return ImmediateResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCodeValue(reply.status()))
                .setHeaders(HeaderMutation.newBuilder().addAllSetHeaders(HeaderCodec.options(fields(reply))))
                .setBody(body(reply))
                .setDetails(details)
                .build();
    }

    static HeaderMutation mutation(LocalReply reply) {
        List<Headers.Field> fields = new ArrayList<>();
        fields.add(new Headers.Field(":status", Integer.toString(reply.status())));
        fields.addAll(fields(reply));
        return HeaderMutation.newBuilder()
                .addAllRemoveHeaders(OF_THE_OLD_BODY)
                .addAllSetHeaders(HeaderCodec.options(fields))
                .build();
    }

    static ByteString body(LocalReply reply) {
        return UnsafeByteOperations.unsafeWrap(reply.body());
    }

    private static List<Headers.Field> fields(LocalReply reply) {
        return reply.headers().without("content-length").fields();
    }
}
