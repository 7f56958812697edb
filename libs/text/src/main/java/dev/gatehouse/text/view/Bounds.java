package dev.gatehouse.text.view;

/**
 * How much work decoding may cost. What lies beyond is not decoded, and the views say that they are not complete.
 *
 * @param maxDecodedChars UTF-16 units of all decoded payloads together
 * @param maxPayloads     number of decoded payloads
 * @param maxDepth        how often a payload may be decoded again; 1 decodes only what stands in the text itself
 */
public record Bounds(int maxDecodedChars, int maxPayloads, int maxDepth) {

    /** 256 Ki characters, 64 payloads, 3 levels. */
    public static final Bounds DEFAULT = new Bounds(256 * 1024, 64, 3);

    public Bounds {
        if (maxDecodedChars < 0 || maxPayloads < 0 || maxDepth < 0) {
            throw new IllegalArgumentException("a bound is negative");
        }
    }
}
