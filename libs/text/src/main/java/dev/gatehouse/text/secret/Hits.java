package dev.gatehouse.text.secret;

import java.util.Arrays;
import java.util.BitSet;

/** Where keywords occur in one text: starts by keyword, ascending. */
final class Hits {

    private static final int[] NONE = {};

    private final int[][] starts;
    private final int[] counts;
    private final BitSet seen = new BitSet();

    Hits(int keywords) {
        starts = new int[keywords][];
        counts = new int[keywords];
    }

    void add(int keyword, int start) {
        if (starts[keyword] == null) {
            starts[keyword] = new int[4];
            seen.set(keyword);
        } else if (counts[keyword] == starts[keyword].length) {
            starts[keyword] = Arrays.copyOf(starts[keyword], counts[keyword] * 2);
        }
        starts[keyword][counts[keyword]++] = start;
    }

    /** The numbers of the keywords that occur. */
    BitSet seen() {
        return seen;
    }

    int[] of(int keyword) {
        return starts[keyword] == null ? NONE : Arrays.copyOf(starts[keyword], counts[keyword]);
    }
}
