package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Headers;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * STREAMED: exactly one reply a chunk, and the head goes on before the body is seen. While a body is collected for a judge, its
 * early chunks are answered with a cleared body and the last one is held; the verdict's whole body goes with that one. A body
 * over the limit is held from there on, and what was cleared is given back with the next chunk that is answered.
 *
 * <p>Envoy tells of trailers only after every chunk was answered, so a collected body that ends in trailers is lost: the
 * exchange refuses it ({@link #hasLostBytes}).
 */
final class StreamedLeg implements Leg {

    private enum Stage { JUDGING, PASSING, REPLACING, REWRITING, DRAINING }

    private static final Struct NO_METADATA = Struct.getDefaultInstance();

    private final Wire wire;
    private final Intake intake;
    private final boolean bodyWanted;
    private final Deque<ByteString> unanswered = new ArrayDeque<>();

    private Stage stage = Stage.JUDGING;
    private boolean headHeld;
    private boolean bodiless;
    private boolean trailersHeld;
    /** Bytes whose chunks were answered with nothing, still to be given back or replaced. */
    private ByteString cleared = ByteString.EMPTY;
    /** Bytes of ours for the next reply. */
    private ByteString out = ByteString.EMPTY;
    private ByteString taken = ByteString.EMPTY;
    private boolean takenIsUnanswered;
    /** Metadata for the next reply, where the head went without it. */
    private Struct owed = NO_METADATA;

    StreamedLeg(Wire wire, Intake intake, boolean bodyWanted) {
        this.wire = wire;
        this.intake = intake;
        this.bodyWanted = bodyWanted;
    }

    @Override
    public void head(boolean endOfStream) {
        headHeld = true;
        bodiless = endOfStream;
        if (endOfStream) {
            intake.end(Extent.WHOLE);
        }
    }

    @Override
    public void chunk(ByteString bytes, boolean end) {
        unanswered.add(bytes);
        if (stage == Stage.JUDGING && bodyWanted && !intake.isOverLimit()) {
            intake.add(bytes);
        }
        if (end) {
            intake.end(Extent.WHOLE);
        }
        switch (stage) {
            case JUDGING -> clearWhileCollecting();
            case PASSING -> passUnanswered();
            case REPLACING -> replaceUnanswered();
            case REWRITING -> { }
            case DRAINING -> drainUnanswered();
        }
    }

    @Override
    public void trailers(Headers trailers) {
        intake.endWith(trailers);
        trailersHeld = true;
        if (stage != Stage.JUDGING && stage != Stage.REWRITING) {
            answerTrailers();
        }
    }

    @Override
    public void bodyAwaited() {
        if (headHeld && !bodiless) {
            headHeld = false;
            wire.headEarly();
            clearWhileCollecting();
        }
    }

    @Override
    public boolean headIsHeld() {
        return headHeld;
    }

    @Override
    public boolean hasLostBytes() {
        return trailersHeld && !cleared.isEmpty() && unanswered.isEmpty();
    }

    @Override
    public boolean isSettled() {
        boolean nothingOwed = cleared.isEmpty() && out.isEmpty() && unanswered.isEmpty();
        return (stage == Stage.PASSING || stage == Stage.DRAINING) && nothingOwed && owed.getFieldsCount() == 0;
    }

    @Override
    public void pass(Outcome outcome) {
        answerHead(outcome);
        stage = Stage.PASSING;
        passUnanswered();
        answerTrailers();
    }

    @Override
    public void replace(Outcome outcome, ByteString body) {
        cleared = ByteString.EMPTY;
        if (headHeld) {
            headHeld = false;
            wire.headWithBody(outcome, body);
            stage = Stage.DRAINING;
            drainUnanswered();
        } else {
            owed = outcome.metadata();
            out = body;
            stage = Stage.REPLACING;
            replaceUnanswered();
        }
        answerTrailers();
    }

    @Override
    public void rewrite(Outcome outcome) {
        answerHead(outcome);
        stage = Stage.REWRITING;
    }

    @Override
    public ByteString take() {
        if (takenIsUnanswered && isLast()) {
            return null;
        }
        answerTaken();
        if (!cleared.isEmpty()) {
            taken = cleared;
            cleared = ByteString.EMPTY;
            return taken;
        }
        return takeUnanswered();
    }

    @Override
    public void write(ByteString bytes) {
        taken = ByteString.EMPTY;
        out = out.concat(bytes);
    }

    @Override
    public void finish(Struct metadata) {
        stage = Stage.DRAINING;
        owed = metadata;
        answerTaken();
        drainUnanswered();
        answerTrailers();
    }

    @Override
    public void passRest(Struct metadata) {
        owed = metadata;
        cleared = out.concat(taken).concat(cleared);
        out = ByteString.EMPTY;
        if (takenIsUnanswered) {
            unanswered.addFirst(ByteString.EMPTY);
        }
        stage = Stage.PASSING;
        passUnanswered();
        answerTrailers();
    }

    private void answerHead(Outcome outcome) {
        if (headHeld) {
            headHeld = false;
            wire.head(outcome);
        } else {
            owed = outcome.metadata();
        }
        intake.drain();
    }

    private void clearWhileCollecting() {
        if (!bodyWanted || headHeld || intake.isOverLimit()) {
            return;
        }
        int held = intake.isEnded() ? 1 : 0;
        while (unanswered.size() > held) {
            cleared = cleared.concat(unanswered.poll());
            wire.chunkCleared();
        }
    }

    private void passUnanswered() {
        while (!unanswered.isEmpty()) {
            ByteString bytes = unanswered.poll();
            if (cleared.isEmpty()) {
                wire.chunkAsIs(payOwed());
            } else {
                wire.chunk(cleared.concat(bytes), payOwed());
                cleared = ByteString.EMPTY;
            }
        }
    }

    private void replaceUnanswered() {
        while (!unanswered.isEmpty()) {
            unanswered.poll();
            if (isLast()) {
                wire.chunk(out, payOwed());
            } else {
                wire.chunkCleared();
            }
        }
    }

    private void drainUnanswered() {
        while (!unanswered.isEmpty()) {
            unanswered.poll();
            answerWithOut();
        }
    }

    private ByteString takeUnanswered() {
        while (!unanswered.isEmpty()) {
            taken = unanswered.poll();
            takenIsUnanswered = true;
            if (!taken.isEmpty()) {
                return taken;
            }
            if (isLast()) {
                return null;
            }
            answerTaken();
        }
        return null;
    }

    private void answerTaken() {
        if (takenIsUnanswered) {
            takenIsUnanswered = false;
            answerWithOut();
        }
        taken = ByteString.EMPTY;
    }

    private void answerWithOut() {
        wire.chunk(out, payOwed());
        out = ByteString.EMPTY;
    }

    private void answerTrailers() {
        if (trailersHeld) {
            trailersHeld = false;
            wire.trailers(payOwed());
        }
    }

    private boolean isLast() {
        return intake.isEnded() && unanswered.isEmpty();
    }

    private Struct payOwed() {
        Struct metadata = owed;
        owed = NO_METADATA;
        return metadata;
    }
}
