package dev.gatehouse.text.view;

/**
 * A stretch of a text.
 *
 * @param start first UTF-16 index
 * @param end   index after the last
 */
public record Span(int start, int end) {

    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + ".." + end);
        }
    }
}
