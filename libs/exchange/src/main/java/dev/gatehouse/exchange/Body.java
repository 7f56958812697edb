package dev.gatehouse.exchange;

/**
 * A body as far as it was collected. The bytes belong to the exchange: read them, never write into them.
 *
 * @param bytes    what was collected
 * @param extent   whether this is all of it
 * @param trailers trailers that followed, or empty
 */
public record Body(byte[] bytes, Extent extent, Headers trailers) {

    /** How much of the body the bytes are. */
    public enum Extent {
        /** All of it. */ WHOLE,
        /** The host cut it (BUFFERED_PARTIAL, {@code allow_partial_message}): never judge it as a whole. */ CUT_BY_HOST,
        /** More than the feature's limit: the rest is not held here, and goes on untouched if the request is forwarded. */ OVER_LIMIT,
        /** The attachment does not hand the body over at all. */ NOT_SENT
    }

    private static final Body EMPTY = new Body(new byte[0], Extent.WHOLE, Headers.empty());

    public static Body empty() {
        return EMPTY;
    }

    public static Body whole(byte[] bytes) {
        return new Body(bytes, Extent.WHOLE, Headers.empty());
    }

    public boolean isWhole() {
        return extent == Extent.WHOLE;
    }
}
