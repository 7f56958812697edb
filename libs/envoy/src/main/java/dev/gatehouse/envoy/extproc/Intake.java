package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.Headers;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has come of one body and was not handed on yet. Collects until the body's end, or until it holds more than the limit;
 * who feeds it stops then. Guarded by the exchange's lock.
 */
final class Intake {

    private final int limit;
    private final Deque<ByteString> chunks = new ArrayDeque<>();
    private long held;
    private boolean ended;
    private boolean discarding;
    private Extent extent = Extent.WHOLE;
    private Headers trailers = Headers.empty();

    Intake(int limit) {
        this.limit = limit;
    }

    void add(ByteString bytes) {
        if (!bytes.isEmpty() && !discarding) {
            chunks.add(bytes);
            held += bytes.size();
        }
    }

    void end(Extent extent) {
        this.extent = extent;
        this.ended = true;
    }

    void endWith(Headers trailers) {
        this.trailers = trailers;
        this.ended = true;
    }

    /** Nobody will ask any more: hold nothing. */
    void discard() {
        discarding = true;
        drain();
    }

    boolean isEnded() {
        return ended;
    }

    boolean isOverLimit() {
        return held > limit;
    }

    /** Whether a judge can be shown all that will ever be held. */
    boolean isReady() {
        return ended || isOverLimit();
    }

    Extent extent() {
        return isOverLimit() ? Extent.OVER_LIMIT : extent;
    }

    Headers trailers() {
        return trailers;
    }

    /** What was collected, at most the limit, without taking it. */
    Body body() {
        ByteString all = ByteString.copyFrom(chunks);
        byte[] bytes = all.substring(0, (int) Math.min(limit, all.size())).toByteArray();
        return new Body(bytes, extent(), trailers);
    }

    /** The next chunk, taken out, or null. */
    ByteString poll() {
        ByteString next = chunks.poll();
        held -= next == null ? 0 : next.size();
        return next;
    }

    /** All that is held, taken out. */
    ByteString drain() {
        ByteString all = ByteString.copyFrom(chunks);
        chunks.clear();
        held = 0;
        return all;
    }
}
