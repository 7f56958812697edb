package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;

/**
 * One recogniser and the seeds it begins at.
 *
 * @param kind of its seeds
 * @param find what it does at one
 */
record Recogniser(Seeds.Kind kind, Find find) {

    /** Proposes what begins at, or around, a seed. */
    @FunctionalInterface
    interface Find {

        /**
         * @param seed number of the seed among those of its kind
         * @param past what this returned for the seed before; 0 at first
         * @return where what was found here ends, for those that look for nothing inside it
         */
        int at(GrowingText text, Seeds seeds, int seed, int past, Findings findings);
    }

    /** A recogniser to which what it found before does not matter. */
    @FunctionalInterface
    interface Each {
        void at(GrowingText text, Seeds seeds, int seed, Findings findings);
    }

    static Recogniser each(Seeds.Kind kind, Each find) {
        return new Recogniser(kind, (text, seeds, seed, past, findings) -> {
            find.at(text, seeds, seed, findings);
            return past;
        });
    }
}
