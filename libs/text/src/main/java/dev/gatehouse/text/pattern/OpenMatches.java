package dev.gatehouse.text.pattern;

import java.util.Arrays;

/**
 * Follows every match of a pattern that has begun and may go on, character by character. Work per character is bounded by the states of
 * the pattern's {@link Outline}, and next to nothing where no match is open.
 */
public final class OpenMatches {

    /** No index. */
    public static final int NONE = Integer.MAX_VALUE;

    private final Outline outline;
    private final int longest;
    private Threads live;
    private Threads stepped;
    private boolean afterHigh;
    private char last;
    private int accepted = NONE;
    private int acceptedLast = NONE;
    private int acceptedGroup = NONE;
    private int acceptedLastGroup = NONE;

    /** States that are live, each with the first and the last start of the matches that are in it, and the first place where a group began. */
    private static final class Threads {
        private final int[] states;
        private final int[] firsts;
        private final int[] lasts;
        private final int[] groups;
        private int count;

        Threads(int states) {
            this.states = new int[states];
            firsts = new int[states];
            lasts = new int[states];
            groups = new int[states];
            Arrays.fill(firsts, NONE);
        }

        void add(int state, int first, int last, int group) {
            if (firsts[state] == NONE) {
                states[count++] = state;
                firsts[state] = first;
                lasts[state] = last;
                groups[state] = group;
            } else {
                firsts[state] = Math.min(firsts[state], first);
                lasts[state] = Math.max(lasts[state], last);
                groups[state] = Math.min(groups[state], group);
            }
        }

        void clear() {
            for (int i = 0; i < count; i++) {
                firsts[states[i]] = NONE;
            }
            count = 0;
        }

        int group() {
            int group = NONE;
            for (int i = 0; i < count; i++) {
                group = Math.min(group, groups[states[i]]);
            }
            return group;
        }

        int first() {
            int first = NONE;
            for (int i = 0; i < count; i++) {
                first = Math.min(first, firsts[states[i]]);
            }
            return first;
        }
    }

    /** @param longest match that is followed, in characters */
    OpenMatches(Outline outline, int longest) {
        this.outline = outline;
        this.longest = longest;
    }

    /** Reads the character at an index; the second half of a pair goes with the first. */
    public void read(char c, int index) {
        read(c, index, true);
    }

    /** The lowest start of a match that may go on or has ended with the last character; {@link #NONE} if there is none. */
    public int open() {
        return Math.min(acceptedLast, live == null ? NONE : live.first());
    }

    /** As {@link #group()}, of matches that may go on or have ended with the last character. */
    public int openGroup() {
        return Math.min(acceptedLastGroup, live == null ? NONE : live.group());
    }

    /** The lowest index at which a group may have begun of a match that may go on or has ended; {@link #NONE} if none has. */
    public int group() {
        return Math.min(acceptedGroup, live == null ? NONE : live.group());
    }

    /** Whether a match may go on. */
    public boolean isOpen() {
        return live != null && live.count > 0;
    }

    /** A start that no match which has ended lies before, since the last time this was forgotten; {@link #NONE} if none has. */
    public int accepted() {
        return accepted;
    }

    /** The matches that start before an index are known, those after it are not. */
    public void knownBefore(int index) {
        accepted = index;
    }

    /** No match has ended, the last character's apart. */
    public void noneAccepted() {
        accepted = acceptedLast;
        acceptedGroup = acceptedLastGroup;
    }

    /** Reads a character as {@link #read} does, but lets no match begin at it. */
    public void goOn(char c, int index) {
        read(c, index, false);
    }

    private void read(char c, int index, boolean begins) {
        acceptedLast = NONE;
        acceptedLastGroup = NONE;
        boolean second = afterHigh && Character.isLowSurrogate(c);
        afterHigh = Character.isHighSurrogate(c);
        if (!second) {
            step(c, index, begins);
        }
        last = c;
    }

    private void step(char c, int index, boolean begins) {
        if (live != null) {
            for (int i = 0; i < live.count; i++) {
                int state = live.states[i];
                follow(state, c, index, live.firsts[state], live.lasts[state], live.groups[state]);
            }
        }
        if (begins && outline.mayBegin(last, c)) {
            int[] starts = outline.reached(outline.start());
            boolean[] grouped = outline.grouped(outline.start());
            for (int i = 0; i < starts.length; i++) {
                follow(starts[i], c, index, index, index, grouped[i] ? index : NONE);
            }
        }
        if (live != null && (live.count > 0 || stepped.count > 0)) {
            live.clear();
            Threads free = live;
            live = stepped;
            stepped = free;
        }
    }

    private void follow(int state, char c, int index, int first, int last, int group) {
        int to = outline.step(state, c);
        if (to < 0) {
            return;
        }
        if (live == null) {
            live = new Threads(outline.states());
            stepped = new Threads(outline.states());
        }
        if (outline.accepts(to)) {
            accepted = Math.min(accepted, first);
            acceptedLast = Math.min(acceptedLast, first);
            acceptedGroup = Math.min(acceptedGroup, group);
            acceptedLastGroup = Math.min(acceptedLastGroup, group);
        }
        if (index + 1 - last < longest) {
            add(to, index, Math.max(first, index + 2 - longest), last, group);
        }
    }

    private void add(int to, int index, int first, int last, int group) {
        int[] reached = outline.reached(to);
        boolean[] grouped = outline.grouped(to);
        for (int i = 0; i < reached.length; i++) {
            stepped.add(reached[i], first, last, group == NONE && grouped[i] ? index + 1 : group);
        }
    }
}
