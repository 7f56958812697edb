package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.List;

/**
 * Recognises the identifiers of letters and digits ({@link LetterRule}). A rule is tried where a word with a digit begins, and where
 * up to two short words of letters just before it begin ({@code EY 63 43 29 C}).
 */
final class LetterIds {

    private static final int SHORT_WORD = 3;

    private final List<LetterRule> rules;

    LetterIds(List<LetterRule> rules) {
        this.rules = rules;
    }

    void find(GrowingText text, Seeds seeds, int word, Findings findings) {
        int start = seeds.wordStarts.get(word);
        tryAt(text, start, findings);
        int earlier = shortWordBefore(text, start);
        if (earlier >= 0) {
            tryAtWord(text, earlier, findings);
            int earliest = shortWordBefore(text, earlier);
            if (earliest >= 0) {
                tryAtWord(text, earliest, findings);
            }
        }
    }

    /** Words in lower case are everywhere: of those only what a label before them names. */
    private void tryAtWord(GrowingText text, int start, Findings findings) {
        rules.stream().filter(rule -> rule.mayGoOn(text, start)).forEach(rule -> tryAt(text, start, rule, findings));
    }

    private void tryAt(GrowingText text, int start, Findings findings) {
        for (LetterRule rule : rules) {
            tryAt(text, start, rule, findings);
        }
    }

    private static void tryAt(GrowingText text, int start, LetterRule rule, Findings findings) {
        Shape.Match match = Numbers.begins(text, start) ? rule.shape().at(text, start) : null;
        if (match != null && rule.check().test(match.value())) {
            findings.propose(rule.entity(), rule.score(match, Context.of(text, start, match.end())), start, match.end());
        }
    }

    /** Where a word of one to three ASCII letters begins that one separator parts from the index, or -1. */
    private static int shortWordBefore(GrowingText text, int index) {
        int end = index - 1;
        if (!Chars.isSeparator(Chars.at(text, end))) {
            return -1;
        }
        int start = end;
        while (start > 0 && end - start < SHORT_WORD && Chars.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start < end && !Chars.isWord(Chars.at(text, start - 1)) ? start : -1;
    }
}
