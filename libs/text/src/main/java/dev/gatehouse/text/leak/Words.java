package dev.gatehouse.text.leak;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a growing text into words, ignoring case, blanks and punctuation: runs of letters and digits; each character by itself in scripts
 * that do not part words. A word is told by a 64-bit hash. Not thread-safe.
 */
public final class Words {

    private static final int FIRST_EAST_ASIAN = 0x2E80;
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_GAP = 64;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final Reader reader;
    private int start = -1;
    private int lastEnd;
    private long hash;
    private char high;

    /** Receives the words. */
    public interface Reader {

        /** A word has ended. */
        void word(long hash, int start, int end);

        /** What follows does not belong with what was: a gap or a word is too long. */
        void gap();
    }

    public Words(Reader reader) {
        this.reader = reader;
    }

    /** The words of a whole text, at most so many. */
    public static List<Long> of(String text, int most) {
        List<Long> words = new ArrayList<>();
        Words cutter = new Words(new Reader() {
            @Override
            public void word(long hash, int start, int end) {
                words.add(hash);
            }

            @Override
            public void gap() {
            }
        });
        for (int i = 0; i < text.length() && words.size() < most; i++) {
            cutter.read(text.charAt(i), i);
        }
        cutter.close(text.length());
        return words;
    }

    /** Reads the unit at an index. */
    public void read(char c, int index) {
        if (Character.isHighSurrogate(c)) {
            high = c;
            return;
        }
        boolean pair = high != 0 && Character.isLowSurrogate(c);
        int codePoint = pair ? Character.toCodePoint(high, c) : c;
        int from = pair ? index - 1 : index;
        high = 0;
        if (!Character.isLetterOrDigit(codePoint)) {
            close(from);
            if (from - lastEnd == LONGEST_GAP) {
                reader.gap();
            }
        } else if (codePoint >= FIRST_EAST_ASIAN) {
            close(from);
            end(mix(0, codePoint), from, index + 1);
        } else {
            letter(codePoint, from);
        }
    }

    /** Where the word begins that is open, or -1. */
    public int open() {
        return start;
    }

    /** Ends the word that is open, if one is. */
    public void close(int index) {
        if (start >= 0) {
            int from = start;
            start = -1;
            if (index - from > LONGEST_WORD) {
                lastEnd = index;
                reader.gap();
            } else {
                end(hash, from, index);
            }
        }
    }

    private void letter(int codePoint, int index) {
        if (start < 0) {
            start = index;
            hash = 0;
        }
        if (index - start == LONGEST_WORD) {
            reader.gap();
        }
        hash = mix(hash, Character.toLowerCase(codePoint));
    }

    private void end(long word, int from, int to) {
        lastEnd = to;
        reader.word(word, from, to);
    }

    private static long mix(long hash, int codePoint) {
        long mixed = (hash ^ codePoint + PRIME) * PRIME;
        return mixed ^ mixed >>> 29;
    }
}
