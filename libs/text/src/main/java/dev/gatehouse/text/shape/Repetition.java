package dev.gatehouse.text.shape;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds where a text has said the same often enough: up to {@value #WORDS} words, or up to {@value #CHARACTERS} characters, over and over
 * with nothing between. One look a word at each number of words, one a character at each number of characters. Immutable.
 *
 * @param times         how often in a row, at least 3
 * @param minimumLength UTF-16 units that the repetitions have together at least
 */
public record Repetition(int times, int minimumLength) implements StreamingDetector {

    private static final int WORDS = 64;
    private static final int CHARACTERS = 16;

    public Repetition {
        if (times < 3 || minimumLength < 1) {
            throw new IllegalArgumentException("times must be at least 3 and minimumLength 1: " + times + ", " + minimumLength);
        }
    }

    @Override
    public DetectorStream open() {
        return new RepetitionStream(this);
    }

    private static final class RepetitionStream implements DetectorStream {
        private final Repetition bounds;
        private final Cycle words = new Cycle(WORDS);
        private final Cycle characters = new Cycle(CHARACTERS);
        private long word;
        private int wordStart = -1;
        private int length;
        private boolean told;

        RepetitionStream(Repetition bounds) {
            this.bounds = bounds;
        }

        @Override
        public Progress feed(CharSequence delta) {
            List<Finding> found = new ArrayList<>();
            for (int i = 0; i < delta.length(); i++) {
                boolean turns = read(delta.charAt(i));
                length++;
                if (turns && !told) {
                    found.add(new Finding("repetition", "loop", 1, length, length));
                }
                told = turns || told && words.turns(bounds, length);
            }
            return new Progress(found, length);
        }

        @Override
        public Progress end() {
            return new Progress(List.of(), length);
        }

        private boolean read(char c) {
            boolean turns = characters.add(c, length, bounds, length + 1);
            if (!Character.isWhitespace(c)) {
                wordStart = wordStart < 0 ? length : wordStart;
                word = word * 31 + Character.toLowerCase(c);
                return turns;
            }
            if (wordStart >= 0) {
                turns |= words.add(word, wordStart, bounds, length);
                word = 0;
                wordStart = -1;
            }
            return turns;
        }
    }

    /** The last of a row of symbols, and for each distance since when they have been those of so many before. */
    private static final class Cycle {
        private final long[] symbols;
        private final int[] starts;
        private final int[] equal;
        private final int[] since;
        private int count;

        Cycle(int longest) {
            symbols = new long[longest];
            starts = new int[longest];
            equal = new int[longest + 1];
            since = new int[longest + 1];
        }

        /** Whether with one more symbol the row has turned often enough. */
        boolean add(long symbol, int start, Repetition bounds, int end) {
            int size = symbols.length;
            for (int distance = 1; distance <= Math.min(count, size); distance++) {
                int before = (count - distance) % size;
                if (symbols[before] != symbol) {
                    equal[distance] = 0;
                } else if (equal[distance]++ == 0) {
                    since[distance] = starts[before];
                }
            }
            symbols[count % size] = symbol;
            starts[count % size] = start;
            count++;
            return turns(bounds, end);
        }

        boolean turns(Repetition bounds, int end) {
            for (int distance = 1; distance < equal.length; distance++) {
                boolean often = equal[distance] >= (long) distance * (bounds.times - 1);
                if (often && end - since[distance] >= bounds.minimumLength) {
                    return true;
                }
            }
            return false;
        }
    }
}
