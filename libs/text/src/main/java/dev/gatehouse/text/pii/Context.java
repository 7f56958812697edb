package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the words around a value say it is. Before it, the nearest telling word of up to {@value #WORDS} within {@value #REACH}
 * characters counts; a word that tells of something else ("order", "version") binds to the first number after it only. After it, a word
 * of up to {@value #AFTER} on the same line may name the value ("555 1234 office") but not contradict it.
 *
 * @param before      meaning of the nearest telling word before
 * @param distance    how many words before; {@value #WORDS} more where a number stands between
 * @param versions    whether any word before speaks of versions, numbers between or not
 * @param after       meaning of the words after
 */
record Context(long before, int distance, boolean versions, long after) {

    private static final int WORDS = 8;
    private static final int REACH = 80;
    private static final int AFTER = 3;
    private static final int CLOSE = 5;

    /** Whether the words name the entity. */
    boolean names(Entity entity) {
        return ((named() | (denies() ? 0 : after)) & entity.bit()) != 0;
    }

    /** Whether the words name the entity close by, for values that have nothing else to go by. */
    boolean namesClosely(Entity entity) {
        return names(entity) && (distance <= CLOSE || (after & entity.bit()) != 0);
    }

    /** Whether the words name the entity with no number between. */
    boolean namesDirectly(Entity entity) {
        return names(entity) && (distance <= WORDS || (after & entity.bit()) != 0);
    }

    /** Whether the words say that the value is no personal data. */
    boolean denies() {
        return ((before | after) & Vocabulary.OTHER) != 0;
    }

    /** Whether the words before name some other entity, and that closely; a word that only speaks of a call names none. */
    boolean namesAnother(Entity entity) {
        return !denies() && named() != 0 && (named() & Vocabulary.LOOSE) == 0 && !names(entity) && distance <= CLOSE;
    }

    /** Whether the words speak of a call, and none names a number. */
    boolean loosely() {
        return ((named() | after) & Vocabulary.LOOSE) != 0;
    }

    /** What the words before name; those that count only right before the value do not count from afar. */
    private long named() {
        return (before & Vocabulary.ADJACENT) != 0 && distance > 1 ? 0 : before;
    }

    /** The context of the value at {@code start..end}. */
    static Context of(GrowingText text, int start, int end) {
        return before(text, start, after(text, end));
    }

    /** Whether the words before an index name the entity. */
    static boolean nameBefore(GrowingText text, int start, Entity entity) {
        return (before(text, start, 0).named() & entity.bit()) != 0;
    }

    /** Lower-case words within reach of the value, for entities with words of their own. */
    static Set<String> words(GrowingText text, int start, int end) {
        Set<String> words = new HashSet<>();
        Words back = new Words(text, start, Math.max(0, start - REACH));
        for (String word = back.previous(); word != null && words.size() < WORDS; word = back.previous()) {
            words.add(word);
        }
        text.has(end + REACH - 1);
        for (String word : text.substring(end, Math.min(text.length(), end + REACH)).toLowerCase(Locale.ROOT).split("\\W+", AFTER + 2)) {
            words.add(word);
        }
        return words;
    }

    private static Context before(GrowingText text, int start, long after) {
        Words words = new Words(text, start, Math.max(0, start - REACH));
        long nearest = 0;
        int distance = 1;
        boolean versions = false;
        String later = "";
        String word = words.previous();
        for (int count = 1; word != null && count <= WORDS; count++) {
            String earlier = words.previous();
            boolean passed = words.passedNumber();
            long meaning = Vocabulary.meaning(earlier, word, later);
            if (nearest == 0) {
                nearest = meaning & (passed ? ~Vocabulary.BARRING : ~0L);
                distance = count + (passed ? WORDS : 0);
            }
            versions |= (meaning & Vocabulary.VERSION) != 0;
            later = word;
            word = earlier;
        }
        return new Context(nearest, distance, versions, after);
    }

    private static long after(GrowingText text, int end) {
        int limit = end + REACH / 2;
        int index = end;
        String earlier = "";
        for (int distance = 1; distance <= AFTER; distance++) {
            int from = wordStart(text, index, limit);
            int to = wordEnd(text, from, limit);
            if (from == to || Chars.at(text, to) == ':') {
                return 0;
            }
            String word = text.substring(from, to).toLowerCase(Locale.ROOT);
            long meaning = Vocabulary.meaning(earlier, word, "") | (distance == 1 ? Vocabulary.unit(word) : 0);
            if (meaning != 0) {
                return distance == 1 ? meaning : meaning & ~Vocabulary.OTHER;
            }
            earlier = word;
            index = to;
        }
        return 0;
    }

    private static int wordStart(GrowingText text, int from, int limit) {
        int index = from;
        while (index < limit && text.has(index) && !Character.isLetter(text.charAt(index))) {
            char c = text.charAt(index);
            if (c == '\n' || c == ';' || c == ',' || Chars.isDigit(c) || c == '.' && Chars.isBlank(Chars.at(text, index + 1))) {
                return limit;
            }
            index++;
        }
        return index;
    }

    private static int wordEnd(GrowingText text, int from, int limit) {
        int index = from;
        while (index < limit && text.has(index) && Character.isLetter(text.charAt(index))) {
            index++;
        }
        return index;
    }

    /** Walks backwards over the words before a value; a lower-case letter before an upper-case one ends a word ({@code phoneNumber}). */
    private static final class Words {
        private final GrowingText text;
        private final int limit;
        private int index;
        private boolean number;
        private boolean passed;

        Words(GrowingText text, int start, int limit) {
            this.text = text;
            this.index = start;
            this.limit = limit;
        }

        /** Whether the word before the last one given lies beyond a number. */
        boolean passedNumber() {
            return passed;
        }

        String previous() {
            passed = number;
            while (index > limit && !Character.isLetter(text.charAt(index - 1))) {
                number |= Chars.isDigit(text.charAt(index - 1));
                index--;
                if (text.charAt(index) == '}') {
                    return null;
                }
            }
            int end = index;
            while (index > limit && Character.isLetter(text.charAt(index - 1)) && !humps(end)) {
                index--;
            }
            return index == end ? null : text.substring(index, end).toLowerCase(Locale.ROOT);
        }

        private boolean humps(int end) {
            return index < end && Character.isUpperCase(text.charAt(index)) && Character.isLowerCase(text.charAt(index - 1));
        }
    }
}
