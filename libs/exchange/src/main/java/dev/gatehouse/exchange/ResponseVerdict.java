package dev.gatehouse.exchange;

/** What becomes of a response. */
public sealed interface ResponseVerdict {

    /** It goes on with its own body. */
    record Pass(HeaderChange headers, HandOver handOver) implements ResponseVerdict {}

    /**
     * Its body goes through a rewriter, chunk by chunk as it comes. The length changes, so {@code content-length} is removed.
     * The hand-over is known when the head goes on; the rewriter may return more at the end.
     */
    record Rewrite(HeaderChange headers, HandOver handOver, BodyRewriter rewriter) implements ResponseVerdict {}

    /** Another answer takes its place (status, header fields and body), by mutation, so that outer services still see it. */
    record Replace(LocalReply reply) implements ResponseVerdict {}

    static Pass pass() {
        return new Pass(HeaderChange.none(), HandOver.none());
    }
}
