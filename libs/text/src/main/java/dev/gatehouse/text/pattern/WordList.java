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
 * Finds the words or phrases of a list, ignoring case. Each is looked for as written and in its canonical form (accents and compatibility
 * forms folded), so that a scan of a text's canonical reading finds it too. Of overlapping occurrences the longest is reported, the first if they are equal.
 */
public final class WordList implements Detector {

    private final String name;
    private final List<String> words;
    private final boolean wholeWords;
    private final KeywordAutomaton automaton;

    /**
     * @param name       category of the findings
     * @param words      words or phrases; blank ones are an {@link IllegalArgumentException}
     * @param wholeWords whether an occurrence must not be part of a longer word
     */
    public WordList(String name, List<String> words, boolean wholeWords) {
        this.name = name;
        this.words = List.copyOf(forms(words));
        this.wholeWords = wholeWords;
        automaton = KeywordAutomaton.of(this.words);
    }

    @Override
    public List<Finding> scan(String text) {
        List<Finding> all = new ArrayList<>();
        automaton.scan(text, (word, end) -> add(text, end - words.get(word).length(), end, all));
        return Overlaps.strongest(all);
    }

    private void add(String text, int start, int end, List<Finding> found) {
        if (!wholeWords || (isBorder(text, start) && isBorder(text, end))) {
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
