package dev.gatehouse.text.pattern;

import java.util.ArrayList;
import java.util.List;

/** The states of an {@link Outline} under construction. */
final class OutlineBuilder {
    static final int ACCEPTING = 0;

    private static final int MOST_STATES = 4000;

    final List<Characters> characters = new ArrayList<>();
    final List<Integer> next = new ArrayList<>();
    final List<int[]> free = new ArrayList<>();
    final List<Boolean> marks = new ArrayList<>();

    OutlineBuilder() {
        state(new Characters(0, 0, false, false), -1);
    }

    int state(Characters leadingOn, int to, int... freely) {
        if (next.size() == MOST_STATES) {
            throw new TooLarge();
        }
        characters.add(leadingOn);
        next.add(to);
        free.add(freely);
        marks.add(false);
        return next.size() - 1;
    }

    /** A state where a group begins. */
    int mark(int to) {
        int mark = fork(to);
        marks.set(mark, true);
        return mark;
    }

    int fork(int... to) {
        return state(characters.getFirst(), -1, to);
    }

    void relink(int fork, int... to) {
        free.set(fork, to);
    }

    int loop() {
        return state(Characters.ALL, next.size(), ACCEPTING);
    }

    /** Signals a pattern whose automaton would be too large. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
