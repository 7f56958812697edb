package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse.ResponseStatus;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import java.util.Optional;

/**
 * The replies of one direction of one exchange.
 *
 * @param side    the direction
 * @param replies where they go
 * @param always  header mutation that every head needs, also where the verdict is not known yet (control headers go)
 * @param mode    what the host may skip from here on, sent with the head
 */
record Wire(Side side, Replies replies, HeaderMutation always, Optional<ProcessingMode> mode) {

    /** The head goes on while the verdict is still open. */
    void headEarly() {
        CommonResponse.Builder common = CommonResponse.newBuilder();
        if (always.getRemoveHeadersCount() > 0) {
            common.setHeaderMutation(always);
        }
        sendHead(common, Struct.getDefaultInstance());
    }

    void head(Outcome outcome) {
        sendHead(outcome.common(), outcome.metadata());
    }

    /** The head goes on with a body of ours, whatever body there was or was not. */
    void headWithBody(Outcome outcome, ByteString body) {
        CommonResponse.Builder common = outcome.common()
                .setStatus(ResponseStatus.CONTINUE_AND_REPLACE)
                .setBodyMutation(Side.replacing(body));
        sendHead(common, outcome.metadata());
    }

    void chunkAsIs(Struct metadata) {
        boolean bare = metadata.getFieldsCount() == 0;
        replies.send(bare ? side.chunkAsIs : Side.with(metadata, side.body(CommonResponse.getDefaultInstance())));
    }

    void chunkCleared() {
        replies.send(side.chunkCleared);
    }

    void chunk(ByteString bytes, Struct metadata) {
        replies.send(Side.with(metadata, side.chunk(bytes)));
    }

    /** A whole body's reply that carries the outcome as well. */
    void bodyWith(Outcome outcome, Optional<ByteString> replacement) {
        CommonResponse.Builder common = outcome.common();
        replacement.ifPresent(bytes -> common.setBodyMutation(Side.replacing(bytes)));
        replies.send(Side.with(outcome.metadata(), side.body(common.build())));
    }

    void duplexChunk(ByteString bytes, boolean end, Struct metadata) {
        replies.send(Side.with(metadata, side.duplexChunk(bytes, end)));
    }

    void trailers(Struct metadata) {
        replies.send(metadata.getFieldsCount() == 0 ? side.trailersAsIs : Side.with(metadata, side.trailers()));
    }

    private void sendHead(CommonResponse.Builder common, Struct metadata) {
        ProcessingResponse.Builder reply = side.head(common.build());
        mode.ifPresent(reply::setModeOverride);
        replies.send(Side.with(metadata, reply));
    }
}
