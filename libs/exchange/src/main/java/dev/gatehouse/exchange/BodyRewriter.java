package dev.gatehouse.exchange;

/**
 * Walks a body and writes what the client shall get. Reads and writes block the exchange's virtual thread; what is written goes
 * out as soon as the attachment allows (at once in FULL_DUPLEX_STREAMED, with the answer to the current chunk in STREAMED, at
 * the end in BUFFERED).
 */
@FunctionalInterface
public interface BodyRewriter {

    /** @return what later services shall know, sent with the last bytes */
    HandOver rewrite(Chunks in, Sink out) throws Exception;

    /**
     * What the client reads last when the rewriting failed and the policy fails closed; whole events have been written before it. Runs on
     * any thread, also while {@link #rewrite} still does, and must not block.
     */
    default byte[] endingAfter(Failure failure) {
        return new byte[0];
    }

    /** The chunks of a body, split anywhere. */
    interface Chunks {
        /** The next chunk, or null after the last; never an empty one. */
        byte[] next() throws InterruptedException;

        /** Trailers; known once {@link #next()} has returned null. */
        Headers trailers();

        /** What services behind have written into the metadata by the chunk that came last; after {@link #next()} returned null, all of it. */
        default HandOver handOver() {
            return HandOver.none();
        }
    }

    /** Where the rewritten body goes. */
    interface Sink {
        void write(byte[] bytes) throws InterruptedException;
    }
}
