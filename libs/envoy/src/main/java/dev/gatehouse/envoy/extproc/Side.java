package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HeadersResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.StreamedBodyResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.TrailersResponse;

/** The two directions of an exchange, and the replies that each direction's messages want. */
enum Side {
    REQUEST {
        @Override
        ProcessingResponse.Builder head(CommonResponse response) {
            return ProcessingResponse.newBuilder().setRequestHeaders(HeadersResponse.newBuilder().setResponse(response));
        }

        @Override
        ProcessingResponse.Builder body(CommonResponse response) {
            return ProcessingResponse.newBuilder().setRequestBody(BodyResponse.newBuilder().setResponse(response));
        }

        @Override
        ProcessingResponse.Builder trailers() {
            return ProcessingResponse.newBuilder().setRequestTrailers(TrailersResponse.getDefaultInstance());
        }
    },
    RESPONSE {
        @Override
        ProcessingResponse.Builder head(CommonResponse response) {
            return ProcessingResponse.newBuilder().setResponseHeaders(HeadersResponse.newBuilder().setResponse(response));
        }

        @Override
        ProcessingResponse.Builder body(CommonResponse response) {
            return ProcessingResponse.newBuilder().setResponseBody(BodyResponse.newBuilder().setResponse(response));
        }

        @Override
        ProcessingResponse.Builder trailers() {
            return ProcessingResponse.newBuilder().setResponseTrailers(TrailersResponse.getDefaultInstance());
        }
    };

    /** The reply that lets a head go on as it is. */
    final ProcessingResponse headAsIs = head(CommonResponse.getDefaultInstance()).build();
    /** The reply that lets a chunk go on as it is, in all modes but FULL_DUPLEX_STREAMED. */
    final ProcessingResponse chunkAsIs = body(CommonResponse.getDefaultInstance()).build();
    /** The reply that takes a chunk out. */
    final ProcessingResponse chunkCleared = body(bodyMutation(BodyMutation.newBuilder().setClearBody(true))).build();
    /** The reply that lets trailers go on as they are. */
    final ProcessingResponse trailersAsIs = trailers().build();

    abstract ProcessingResponse.Builder head(CommonResponse response);

    abstract ProcessingResponse.Builder body(CommonResponse response);

    abstract ProcessingResponse.Builder trailers();

    /** The reply that puts these bytes in a chunk's place. */
    ProcessingResponse.Builder chunk(ByteString bytes) {
        return body(bodyMutation(replacing(bytes)));
    }

    /** One chunk of a FULL_DUPLEX_STREAMED body. */
    ProcessingResponse.Builder duplexChunk(ByteString bytes, boolean end) {
        return body(bodyMutation(BodyMutation.newBuilder()
                .setStreamedResponse(StreamedBodyResponse.newBuilder().setBody(bytes).setEndOfStream(end))));
    }

    /** A body mutation that replaces; an empty body has to be cleared, since an empty field is none. */
    static BodyMutation.Builder replacing(ByteString bytes) {
        return bytes.isEmpty() ? BodyMutation.newBuilder().setClearBody(true) : BodyMutation.newBuilder().setBody(bytes);
    }

    /** With the metadata, if there is any. */
    static ProcessingResponse with(Struct metadata, ProcessingResponse.Builder reply) {
        return metadata.getFieldsCount() == 0 ? reply.build() : reply.setDynamicMetadata(metadata).build();
    }

    private static CommonResponse bodyMutation(BodyMutation.Builder mutation) {
        return CommonResponse.newBuilder().setBodyMutation(mutation).build();
    }
}
