package dev.gatehouse.text.view;

import java.util.Arrays;

/** Writes a new reading of a text, character by character, keeping each one's place in the original. */
final class Rewrite {

    private final MappedText source;
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    Rewrite(MappedText source) {
        this.source = source;
        int capacity = source.text().length() + 16;
        text = new StringBuilder(capacity);
        starts = new int[capacity];
        ends = new int[capacity];
    }

    /** Writes {@code c}, made of the source's {@code from..to}. */
    void put(char c, int from, int to) {
        int at = text.length();
        grow(at);
        starts[at] = source.map().start(from);
        ends[at] = source.map().end(to - 1);
        text.append(c);
    }

    /** Writes all of {@code chars}, made of the source's {@code from..to}. */
    void put(String chars, int from, int to) {
        for (int i = 0; i < chars.length(); i++) {
            put(chars.charAt(i), from, to);
        }
    }

    /** Copies the source's {@code from..to} as it is. */
    void copy(int from, int to) {
        for (int i = from; i < to; i++) {
            put(source.text().charAt(i), i, i + 1);
        }
    }

    MappedText done() {
        return new MappedText(text.toString(), new OffsetMap.Each(starts, ends, text.length()));
    }

    private void grow(int needed) {
        if (needed == starts.length) {
            starts = Arrays.copyOf(starts, needed * 2);
            ends = Arrays.copyOf(ends, needed * 2);
        }
    }
}
