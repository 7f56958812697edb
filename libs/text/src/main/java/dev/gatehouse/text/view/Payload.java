package dev.gatehouse.text.view;

/**
 * Something decoded from a text.
 *
 * @param kind    how it was encoded
 * @param decoded the text it held, its characters placed in the text it was found in
 */
record Payload(View.Kind kind, MappedText decoded) {

    /** A payload that was one stretch of the text. */
    static Payload of(View.Kind kind, String decoded, int from, int to) {
        return new Payload(kind, new MappedText(decoded, new OffsetMap.Whole(from, to)));
    }
}
