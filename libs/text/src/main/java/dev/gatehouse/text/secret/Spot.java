package dev.gatehouse.text.secret;

import java.util.List;

/** An occurrence of a keyword. */
record Spot(int start, int end) {

    /** Of spots in order: those that start in the range, found by bisection. */
    static List<Spot> startingIn(List<Spot> spots, int from, int to) {
        int first = firstFrom(spots, from);
        return spots.subList(first, Math.max(first, firstFrom(spots, to)));
    }

    private static int firstFrom(List<Spot> spots, int start) {
        int low = 0;
        int high = spots.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spots.get(middle).start() < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
