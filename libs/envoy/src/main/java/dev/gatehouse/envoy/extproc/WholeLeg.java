package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Headers;
import java.util.Optional;

/**
 * NONE, BUFFERED and BUFFERED_PARTIAL: at most one body message. A head whose body is wanted is answered at once, since the host
 * sends the body only then, and header changes ride on the body's reply; any other head is held until the verdict.
 */
final class WholeLeg implements Leg {

    private final BodyMode mode;
    private final Wire wire;
    private final Intake intake;
    private final boolean bodyWanted;
    private final long announcedLength;

    private boolean headHeld;
    private boolean bodiless;
    private boolean trailersHeld;
    private ByteString held;
    private Outcome outcome;
    private boolean outcomeSent;
    private Optional<ByteString> replacement = Optional.empty();
    private ByteString rewritten;

    /** @param announcedLength the head's {@code content-length}, or -1: tells a whole body from a cut one where trailers follow */
    WholeLeg(BodyMode mode, Wire wire, Intake intake, boolean bodyWanted, long announcedLength) {
        this.mode = mode;
        this.wire = wire;
        this.intake = intake;
        this.bodyWanted = bodyWanted;
        this.announcedLength = announcedLength;
    }

    @Override
    public void head(boolean endOfStream) {
        bodiless = endOfStream || mode == BodyMode.NONE;
        headHeld = bodiless || !bodyWanted;
        if (bodiless) {
            intake.end(endOfStream ? Extent.WHOLE : Extent.NOT_SENT);
        }
        if (!headHeld) {
            wire.headEarly();
        }
    }

    @Override
    public void chunk(ByteString bytes, boolean end) {
        held = bytes;
        intake.add(bytes);
        intake.end(isWhole(bytes, end) ? Extent.WHOLE : Extent.CUT_BY_HOST);
        settle();
    }

    @Override
    public void trailers(Headers trailers) {
        trailersHeld = true;
        if (!intake.isEnded()) {
            intake.endWith(trailers);
        }
        settle();
    }

    @Override
    public void bodyAwaited() {
        // the head went when it came
    }

    @Override
    public boolean headIsHeld() {
        return !outcomeSent;
    }

    @Override
    public boolean hasLostBytes() {
        return false;
    }

    @Override
    public boolean isSettled() {
        return outcomeSent && held == null;
    }

    @Override
    public void pass(Outcome outcome) {
        this.outcome = outcome;
        settle();
    }

    @Override
    public void replace(Outcome outcome, ByteString body) {
        this.outcome = outcome;
        this.replacement = Optional.of(body);
        this.rewritten = null;
        settle();
    }

    @Override
    public void rewrite(Outcome outcome) {
        this.outcome = outcome;
        this.rewritten = ByteString.EMPTY;
    }

    @Override
    public ByteString take() {
        return intake.poll();
    }

    @Override
    public void write(ByteString bytes) {
        rewritten = rewritten.concat(bytes);
    }

    @Override
    public void finish(Struct metadata) {
        ByteString written = rewritten;
        rewritten = null;
        outcome = new Outcome(outcome.headers(), metadata, false);
        replacement = bodiless && written.isEmpty() ? Optional.empty() : Optional.of(written);
        settle();
    }

    @Override
    public void passRest(Struct metadata) {
        rewritten = null;
        outcome = new Outcome(wire.always(), metadata, false);
        settle();
    }

    private void settle() {
        if (outcome == null || rewritten != null) {
            return;
        }
        if (headHeld) {
            answerHead();
        }
        if (held != null) {
            answerBody();
        }
        if (trailersHeld) {
            trailersHeld = false;
            wire.trailers(Struct.getDefaultInstance());
        }
    }

    private void answerHead() {
        headHeld = false;
        outcomeSent = true;
        if (replacement.isPresent()) {
            wire.headWithBody(outcome, replacement.get());
        } else {
            wire.head(outcome);
        }
    }

    private void answerBody() {
        held = null;
        wire.bodyWith(outcomeSent ? Outcome.NONE : outcome, replacement);
        outcomeSent = true;
    }

    private boolean isWhole(ByteString bytes, boolean end) {
        return end || mode == BodyMode.BUFFERED || bytes.size() == announcedLength;
    }
}
