package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.Arrays;

/**
 * Where in a text something may begin, found in one pass: words with a digit in them, runs of digits, {@code @} and groups with
 * {@code :}. A text without any costs one look at each character.
 *
 * <p>A word or run that reaches the end of a growing text may go on: asking for its end is noted in the text, unless it is longer than
 * anything a recogniser accepts.
 */
final class Seeds {

    /** Longer than any word, run or chain that a recogniser accepts. */
    static final int LONGEST = 96;
    private static final int OPEN = -1;

    /** What a recogniser begins at. */
    enum Kind { RUN, WORD, AT, COLON }

    /** A growing list of indices; those at its start can be dropped. Numbers of entries stay what they are. */
    static final class Indices {
        private int[] values = new int[16];
        private int dropped;
        private int size;

        private void add(int value) {
            if (size - dropped == values.length) {
                values = Arrays.copyOf(values, 2 * values.length);
            }
            values[size++ - dropped] = value;
        }

        private void replaceLast(int value) {
            values[size - 1 - dropped] = value;
        }

        int size() {
            return size;
        }

        int get(int index) {
            return values[index - dropped];
        }

        void dropBefore(int index) {
            int gone = index - dropped;
            if (gone >= 16 && gone > (size - dropped) / 2) {
                System.arraycopy(values, gone, values, 0, size - index);
                dropped = index;
            }
        }
    }

    /** Starts and ends of the words that hold a digit; a word is a run of letters and digits of any script. */
    final Indices wordStarts = new Indices();
    private final Indices wordEnds = new Indices();
    /** Starts and ends of the runs of ASCII digits. */
    final Indices runStarts = new Indices();
    private final Indices runEnds = new Indices();
    /** Each {@code @}. */
    final Indices ats = new Indices();
    /** The first colon of each run of hexadecimal digits and colons. */
    final Indices colons = new Indices();

    private final GrowingText text;
    private int at;
    private int wordStart = OPEN;
    private boolean wordSeeded;
    private boolean inRun;
    private boolean inColons;

    Seeds(GrowingText text) {
        this.text = text;
    }

    /** The seeds of a whole text. */
    static Seeds of(GrowingText whole) {
        Seeds seeds = new Seeds(whole);
        seeds.read();
        return seeds;
    }

    /** Reads what has come since the last time. */
    void read() {
        for (int length = text.length(); at < length; at++) {
            step(text.charAt(at));
        }
        if (text.ended()) {
            closeRun();
            closeWord();
        }
    }

    private void step(char c) {
        if (Chars.isDigit(c)) {
            digit();
            return;
        }
        closeRun();
        if (c != '_' && Chars.isWord(c)) {
            wordStart = wordStart < 0 ? at : wordStart;
            inColons &= Chars.isHex(c);
        } else {
            closeWord();
            separator(c);
        }
    }

    private void digit() {
        wordStart = wordStart < 0 ? at : wordStart;
        if (!wordSeeded) {
            wordSeeded = true;
            wordStarts.add(wordStart);
            wordEnds.add(OPEN);
        }
        if (!inRun) {
            inRun = true;
            runStarts.add(at);
            runEnds.add(OPEN);
        }
    }

    private void closeRun() {
        if (inRun) {
            runEnds.replaceLast(at);
            inRun = false;
        }
    }

    private void closeWord() {
        if (wordSeeded) {
            wordEnds.replaceLast(at);
        }
        wordSeeded = false;
        wordStart = OPEN;
    }

    private void separator(char c) {
        if (c == '@') {
            ats.add(at);
        }
        if (c == ':' && !inColons) {
            colons.add(at);
        }
        inColons = c == ':';
    }

    /** Whether there is a run of this number and it starts at this index. */
    boolean runStartsAt(int run, int index) {
        if (run >= runStarts.size()) {
            text.has(index);
            return false;
        }
        return runStarts.get(run) == index;
    }

    int runEnd(int run) {
        return end(runStarts.get(run), runEnds.get(run));
    }

    int wordEnd(int word) {
        return end(wordStarts.get(word), wordEnds.get(word));
    }

    /** One more than the longest for whatever is longer, so that it does not matter how much of it has come. */
    private int end(int start, int end) {
        int known = end == OPEN ? at : end;
        if (end == OPEN && known - start <= LONGEST) {
            text.lookBeyond();
        }
        return Math.min(known, start + LONGEST + 1);
    }

    /** The places of the seeds of one kind. */
    Indices of(Kind kind) {
        return switch (kind) {
            case RUN -> runStarts;
            case WORD -> wordStarts;
            case AT -> ats;
            case COLON -> colons;
        };
    }

    /** Forgets the seeds of one kind before this number. */
    void dropBefore(Kind kind, int number) {
        of(kind).dropBefore(number);
        switch (kind) {
            case RUN -> runEnds.dropBefore(number);
            case WORD -> wordEnds.dropBefore(number);
            case AT, COLON -> { }
        }
    }
}
