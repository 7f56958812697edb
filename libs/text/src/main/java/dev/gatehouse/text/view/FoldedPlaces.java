package dev.gatehouse.text.view;

import java.util.Arrays;

/** Where the characters of a growing reading stand in the original; those before a settled one are forgotten. */
final class FoldedPlaces {

    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int forgotten;
    private int length;

    void add(int start, int end) {
        int at = length - forgotten;
        if (at == starts.length) {
            starts = Arrays.copyOf(starts, at * 2);
            ends = Arrays.copyOf(ends, at * 2);
        }
        starts[at] = start;
        ends[at] = end;
        length++;
    }

    /** Characters of the reading so far. */
    int length() {
        return length;
    }

    int start(int index) {
        return starts[index - forgotten];
    }

    int end(int index) {
        return ends[index - forgotten];
    }

    void forgetBefore(int index) {
        int gone = index - forgotten;
        if (gone >= starts.length / 2) {
            System.arraycopy(starts, gone, starts, 0, length - index);
            System.arraycopy(ends, gone, ends, 0, length - index);
            forgotten = index;
        }
    }
}
