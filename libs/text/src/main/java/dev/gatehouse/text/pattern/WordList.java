package dev.gatehouse.text.pattern;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.keyword.KeywordAutomaton;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import dev.gatehouse.text.stream.StreamingDetector;
import dev.gatehouse.text.stream.Unsettled;
import dev.gatehouse.text.view.Bounds;
import dev.gatehouse.text.view.TextViews;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the words or phrases of a list. Each is looked for as written and in its canonical form (accents and compatibility
 * forms folded), so that a scan of a text's canonical reading finds it too. Of overlapping occurrences the longest is reported, the first if they are equal.
 */
public final class WordList implements StreamingDetector {

    private final String detector;
    private final String name;
    private final List<String> words;
    private final Matching matching;
    private final KeywordAutomaton automaton;

    /**
     * What counts as an occurrence.
     *
     * @param caseSensitive whether it must have the word's case
     * @param wholeWord     whether it must not be part of a longer word
     */
    public record Matching(boolean caseSensitive, boolean wholeWord) {
    }

    /**
     * @param name     category of the findings
     * @param words    words or phrases; blank ones are an {@link IllegalArgumentException}
     * @param matching what counts as an occurrence
     */
    public WordList(String name, List<String> words, Matching matching) {
        this("words", name, words, matching);
    }

    /** As above. @param detector name of the findings' detector */
    public WordList(String detector, String name, List<String> words, Matching matching) {
        this.detector = detector;
        this.name = name;
        this.words = List.copyOf(forms(words));
        this.matching = matching;
        automaton = KeywordAutomaton.of(this.words);
    }

    @Override
    public DetectorStream open() {
        return new WordStream();
    }

    /** The words in one text. An occurrence waits for the character after it, which may belong to its last word. */
    private final class WordStream implements DetectorStream {
        private static final int LOOK_BEHIND = 2;

        private final GrowingText text = new GrowingText();
        private final KeywordAutomaton.Cursor cursor = automaton.cursor();
        private final Unsettled unsettled = new Unsettled();
        private final List<Occurrence> atEnd = new ArrayList<>();
        private int read;

        private record Occurrence(int start, int end) {
        }

        @Override
        public Progress feed(CharSequence delta) {
            text.append(delta);
            return read();
        }

        @Override
        public Progress end() {
            text.end();
            return read();
        }

        private Progress read() {
            for (int length = text.length(); read < length; read++) {
                cursor.read(text.charAt(read), read, this::occurred);
            }
            atEnd.removeIf(this::decide);
            int open = text.ended() ? read : atEnd.stream().mapToInt(Occurrence::start).reduce(read - cursor.depth(), Math::min);
            List<Finding> settled = unsettled.settle(open);
            int upTo = unsettled.settledUpTo(open);
            text.forgetBefore(Math.max(0, upTo - LOOK_BEHIND));
            return new Progress(settled, upTo);
        }

        private void occurred(int number, int end) {
            String word = words.get(number);
            int start = end - word.length();
            if (!matching.caseSensitive || text.startsWith(word, start, false)) {
                atEnd.add(new Occurrence(start, end));
            }
        }

        /** Whether it is known what follows the occurrence; if it is a word, it is added to those found. */
        private boolean decide(Occurrence found) {
            if (!text.ended() && !hasCharacter(found.end)) {
                return false;
            }
            if (!matching.wholeWord || isBorder(found.start) && isBorder(found.end)) {
                unsettled.add(0, new Finding(detector, name, 1, found.start, found.end));
            }
            return true;
        }

        private boolean hasCharacter(int at) {
            return at < text.length() && (at + 1 < text.length() || !Character.isHighSurrogate(text.charAt(at)));
        }

        private boolean isBorder(int at) {
            return at == 0 || at == text.length() || !isWord(before(at)) || !isWord(from(at));
        }

        private int before(int at) {
            char low = text.charAt(at - 1);
            boolean pair = Character.isLowSurrogate(low) && at - 1 > text.base() && Character.isHighSurrogate(text.charAt(at - 2));
            return pair ? Character.toCodePoint(text.charAt(at - 2), low) : low;
        }

        private int from(int at) {
            char high = text.charAt(at);
            boolean pair = Character.isHighSurrogate(high) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
            return pair ? Character.toCodePoint(high, text.charAt(at + 1)) : high;
        }
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private static Set<String> forms(List<String> words) {
        Set<String> forms = new LinkedHashSet<>();
        for (String word : words) {
            if (word.isBlank()) {
                throw new IllegalArgumentException("a word of the list is blank");
            }
            forms.add(word);
            forms.add(TextViews.of(word, new Bounds(0, 0, 0)).canonical().text());
        }
        forms.removeIf(String::isBlank);
        return forms;
    }
}
