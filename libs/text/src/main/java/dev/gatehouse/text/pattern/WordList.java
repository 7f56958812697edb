package dev.gatehouse.text.pattern;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import dev.gatehouse.text.keyword.KeywordAutomaton;
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
public final class WordList implements Detector {

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
        this.name = name;
        this.words = List.copyOf(forms(words));
        this.matching = matching;
        automaton = KeywordAutomaton.of(this.words);
    }

    @Override
    public List<Finding> scan(String text) {
        List<Finding> all = new ArrayList<>();
        automaton.scan(text, (word, end) -> add(text, words.get(word), end, all));
        return Overlaps.strongest(all);
    }

    private void add(String text, String word, int end, List<Finding> found) {
        int start = end - word.length();
        boolean whole = !matching.wholeWord || isBorder(text, start) && isBorder(text, end);
        if (whole && (!matching.caseSensitive || text.startsWith(word, start))) {
            found.add(new Finding("words", name, 1, start, end));
        }
    }

    private static boolean isBorder(String text, int at) {
        return at == 0 || at == text.length() || !isWord(text.codePointBefore(at)) || !isWord(text.codePointAt(at));
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
