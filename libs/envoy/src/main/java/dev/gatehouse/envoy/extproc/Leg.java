package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Headers;

/**
 * One direction of a touched exchange: how its body mode wants messages answered. Messages come from the host; a verdict comes
 * from the handler, once, at any time between them. All methods are called under the exchange's lock.
 */
sealed interface Leg permits WholeLeg, StreamedLeg, DuplexLeg {

    /** @param announcedLength the head's {@code content-length}, or -1 */
    static Leg of(BodyMode mode, Wire wire, Intake intake, boolean bodyWanted, long announcedLength) {
        return switch (mode) {
            case NONE, BUFFERED, BUFFERED_PARTIAL -> new WholeLeg(mode, wire, intake, bodyWanted, announcedLength);
            case STREAMED -> new StreamedLeg(wire, intake, bodyWanted);
            case FULL_DUPLEX_STREAMED -> new DuplexLeg(wire, intake);
        };
    }

    // --- from the host

    void head(boolean endOfStream);

    void chunk(ByteString bytes, boolean end);

    void trailers(Headers trailers);

    // --- from the handler

    /** The handler now waits for the body: modes that send no body before the head's reply let the head go. */
    void bodyAwaited();

    /** Whether a verdict's header changes can still be made. */
    boolean headIsHeld();

    /** Whether bytes were taken from the host that no later reply can give back (STREAMED, when trailers follow). */
    boolean hasLostBytes();

    /** Whether all was said: however the host goes on, this direction comes out right without us. */
    boolean isSettled();

    /** Goes on with its own body. */
    void pass(Outcome outcome);

    /** Goes on with another body. */
    void replace(Outcome outcome, ByteString body);

    /** Goes on as a rewriter writes it. */
    void rewrite(Outcome outcome);

    /** The rewriter takes the next chunk of the intake; what it wrote before belongs to the chunks before. Null when none is there. */
    ByteString take();

    void write(ByteString bytes);

    /** The rewriter is done: nothing of the original follows. */
    void finish(Struct metadata);

    /** The rewriter gave up: the rest of the original follows, from the chunk on that it had taken and not answered. */
    void passRest(Struct metadata);
}
