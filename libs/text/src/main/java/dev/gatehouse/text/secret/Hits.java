package dev.gatehouse.text.secret;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Where keywords occur in one text: starts by keyword, ascending. Costs what occurs, not the number of keywords. */
final class Hits {

    private static final Starts NONE = new Starts();

    private final Map<Integer, Starts> starts = new HashMap<>();
    private final BitSet seen = new BitSet();

    void add(int keyword, int start) {
        seen.set(keyword);
        starts.computeIfAbsent(keyword, first -> new Starts()).add(start);
    }

    /** The numbers of the keywords that occur. */
    BitSet seen() {
        return seen;
    }

    int[] of(int keyword) {
        return starts.getOrDefault(keyword, NONE).toArray();
    }

    private static final class Starts {
        private int[] at = new int[4];
        private int count;

        void add(int start) {
            if (count == at.length) {
                at = Arrays.copyOf(at, count * 2);
            }
            at[count++] = start;
        }

        int[] toArray() {
            return Arrays.copyOf(at, count);
        }
    }
}
