package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Headers;

/**
 * FULL_DUPLEX_STREAMED: the head is held until the verdict while chunks come; then the head's reply, chunks of ours with an
 * {@code end_of_stream} of ours, and the trailers' reply last. Envoy takes no copy: a chunk that is not sent back is gone. A
 * response may end before the backend's does: Envoy then lets the backend go.
 */
final class DuplexLeg implements Leg {

    /** The most bytes in one chunk; Envoy refuses more than 64 KiB. */
    static final int MAX_CHUNK = 62_000;

    private enum Stage { JUDGING, PASSING, REPLACING, REWRITING, DONE }

    private static final Struct NO_METADATA = Struct.getDefaultInstance();

    private final Wire wire;
    private final Intake intake;
    private Stage stage = Stage.JUDGING;
    private boolean bodiless;
    private boolean trailersHeld;
    private ByteString taken = ByteString.EMPTY;

    DuplexLeg(Wire wire, Intake intake) {
        this.wire = wire;
        this.intake = intake;
    }

    @Override
    public void head(boolean endOfStream) {
        bodiless = endOfStream;
        if (endOfStream) {
            intake.end(Extent.WHOLE);
        }
    }

    @Override
    public void chunk(ByteString bytes, boolean end) {
        switch (stage) {
            case JUDGING, REWRITING -> intake.add(bytes);
            case PASSING -> pass(bytes, end);
            case REPLACING, DONE -> { }
        }
        if (end) {
            ended();
        }
    }

    @Override
    public void trailers(Headers trailers) {
        intake.endWith(trailers);
        trailersHeld = true;
        if (stage == Stage.PASSING || stage == Stage.REPLACING) {
            answerTrailers(NO_METADATA);
        }
    }

    @Override
    public void bodyAwaited() {
        // the body comes without the head's reply
    }

    @Override
    public boolean headIsHeld() {
        return stage == Stage.JUDGING;
    }

    @Override
    public boolean hasLostBytes() {
        return false;
    }

    @Override
    public boolean isSettled() {
        return stage == Stage.DONE;
    }

    @Override
    public void pass(Outcome outcome) {
        wire.head(outcome);
        passHeld(NO_METADATA);
    }

    @Override
    public void replace(Outcome outcome, ByteString body) {
        if (bodiless) {
            wire.headWithBody(outcome, body);
            stage = Stage.DONE;
            return;
        }
        wire.head(outcome);
        intake.drain();
        boolean endsHere = (intake.isEnded() || wire.side() == Side.RESPONSE) && !trailersHeld;
        send(body, endsHere, NO_METADATA);
        stage = endsHere ? Stage.DONE : Stage.REPLACING;
        if (trailersHeld) {
            answerTrailers(NO_METADATA);
        }
    }

    @Override
    public void rewrite(Outcome outcome) {
        wire.head(outcome);
        stage = Stage.REWRITING;
    }

    @Override
    public ByteString take() {
        ByteString next = intake.poll();
        taken = next == null ? ByteString.EMPTY : next;
        return next;
    }

    @Override
    public void write(ByteString bytes) {
        taken = ByteString.EMPTY;
        send(bytes, false, NO_METADATA);
    }

    @Override
    public void finish(Struct metadata) {
        stage = Stage.DONE;
        if (trailersHeld) {
            answerTrailers(metadata);
        } else if (!bodiless) {
            wire.duplexChunk(ByteString.EMPTY, true, metadata);
        }
    }

    @Override
    public void passRest(Struct metadata) {
        send(taken, false, metadata);
        passHeld(metadata);
    }

    private void pass(ByteString bytes, boolean end) {
        send(bytes, end, NO_METADATA);
        stage = end ? Stage.DONE : stage;
    }

    private void passHeld(Struct metadata) {
        ByteString rest = intake.drain();
        boolean ended = intake.isEnded() && !trailersHeld;
        send(rest, ended && !bodiless, metadata);
        stage = ended ? Stage.DONE : Stage.PASSING;
        if (trailersHeld) {
            answerTrailers(metadata);
        }
    }

    private void ended() {
        if (stage == Stage.REPLACING) {
            wire.duplexChunk(ByteString.EMPTY, true, NO_METADATA);
            stage = Stage.DONE;
        }
        intake.end(Extent.WHOLE);
    }

    private void answerTrailers(Struct metadata) {
        trailersHeld = false;
        stage = Stage.DONE;
        wire.trailers(metadata);
    }

    private void send(ByteString bytes, boolean end, Struct metadata) {
        if (end || !bytes.isEmpty()) {
            sendDuplex(wire, bytes, end, metadata);
        }
    }

    /** Sends bytes in chunks that Envoy takes, the last of them with the end and the metadata. */
    static void sendDuplex(Wire wire, ByteString bytes, boolean end, Struct metadata) {
        int from = 0;
        while (bytes.size() - from > MAX_CHUNK) {
            wire.duplexChunk(bytes.substring(from, from + MAX_CHUNK), false, NO_METADATA);
            from += MAX_CHUNK;
        }
        wire.duplexChunk(bytes.substring(from), end, metadata);
    }
}
