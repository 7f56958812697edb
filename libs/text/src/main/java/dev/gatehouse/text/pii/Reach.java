package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;
import java.util.List;

/** How far before a seed that which it belongs to may begin. In plain prose that is the word it stands in. */
final class Reach {

    private static final int LONGEST_SHORT_WORD = 3;
    private static final int LONGEST_SERIES = 2;

    private final List<LetterRule> rules;

    /** @param rules for the identifiers that may begin with short words of letters */
    Reach(List<LetterRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The lowest index at which something may begin whose first seed stands at this place or after. */
    int before(GrowingText text, int place) {
        int word = wordStart(text, place);
        int start = word;
        if (word == text.length() || Chars.isDigit(text.charAt(word))) {
            start = Math.min(series(text, word), Dates.monthBefore(text, word));
        }
        return Math.min(start, shortWords(text, word));
    }

    private static int wordStart(GrowingText text, int place) {
        int start = place;
        while (start > text.base() && place - start <= Seeds.LONGEST && belongs(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean belongs(char c) {
        return Chars.isWord(c) || ".%+-^~':(".indexOf(c) >= 0 || Chars.isDash(c);
    }

    /** One or two capitals before a blank, as in {@code AB 123456}. */
    private static int series(GrowingText text, int word) {
        int start = word - 1;
        while (start > text.base() && word - 1 - start < LONGEST_SERIES && Chars.isUpper(text.charAt(start - 1))) {
            start--;
        }
        boolean apart = start >= text.base() && start < word - 1 && Chars.isBlank(Chars.at(text, word - 1)) && !touchesWord(text, start);
        return apart ? start : word;
    }

    /** Up to two short words of letters, where an identifier that begins with them may go on. */
    private int shortWords(GrowingText text, int word) {
        int start = word;
        int earlier = word;
        for (int count = 0; count < 2; count++) {
            earlier = shortWordBefore(text, earlier);
            if (earlier < 0) {
                return start;
            }
            start = goesOn(text, earlier) ? earlier : start;
        }
        return start;
    }

    private static int shortWordBefore(GrowingText text, int word) {
        int end = word - 1;
        if (end <= text.base() || !Chars.isSeparator(Chars.at(text, end))) {
            return -1;
        }
        int start = end;
        while (start > text.base() && end - start < LONGEST_SHORT_WORD && Chars.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start < end && !touchesWord(text, start) ? start : -1;
    }

    private static boolean touchesWord(GrowingText text, int start) {
        return start > text.base() && Chars.isWord(text.charAt(start - 1));
    }

    private boolean goesOn(GrowingText text, int start) {
        return rules.stream().anyMatch(rule -> rule.mayGoOn(text, start));
    }
}
