package dev.gatehouse.cache.ask;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Folds what cannot change the meaning of a question: the case of words, runs of white space, the sentence's last sign, the Unicode form,
 * invisible signs. Never a digit, a sign or quoted text; a text that looks like code or has lines is folded in its form and its ends only.
 * Linear.
 */
final class Fold {

    /** Signs of code, commands and addresses: where one stands, case and spaces may count. */
    private static final String CODE_SIGNS = "`{}<>=\\$#@|~^_;*[]\n\t";
    private static final String INVISIBLE = "\u00AD\u200B\u2060\uFEFF";
    private static final String OPENING = "\"\u201C\u201E\u00AB\u2018\u2039";
    private static final String CLOSING = "\"\u201D\u201D\u00BB\u2019\u203A";

    /** Words that are other words with a capital. */
    private static final Set<String> OTHER_WITH_A_CAPITAL = Set.of(
            "Access", "Amazon", "Apple", "August", "Bath", "Bill", "Cell", "Chad", "Chase", "Chile", "China", "Cologne", "Cork", "Democratic", "Drew",
            "Earth", "Excel", "Faith", "Frank", "Go", "God", "Grace", "Green", "Guinea", "Guy", "Hope", "Hungary", "Internet", "Jack", "Java", "Jersey",
            "Job", "Jordan", "King", "Labour", "Lent", "Liberal", "Lima", "March", "Mark", "Mars", "May", "Mercury", "Meta", "Mobile", "Moon", "Nature",
            "Nice", "Oracle", "Orange", "Pat", "Phoenix", "Pole", "Poles", "Polish", "Python", "Ray", "Reading", "Republican", "Rob", "Rose", "Ruby",
            "Rust", "Science", "Shell", "Signal", "Slack", "Square", "State", "Stripe", "Sue", "Sun", "Swede", "Swift", "Target", "Teams", "Turkey",
            "Victoria", "Will", "Windows", "Word");

    private final String text;
    private final boolean shouted;
    private final StringBuilder folded;
    private int at;

    private Fold(String text) {
        this.text = text;
        this.shouted = text.equals(text.toUpperCase(Locale.ROOT));
        this.folded = new StringBuilder(text.length());
    }

    /** The folded text; two texts with the same one ask the same. */
    static String of(String text) {
        String plain = withoutInvisible(Normalizer.normalize(text, Normalizer.Form.NFC)).strip();
        return isCode(plain) ? plain : new Fold(plain).run();
    }

    private static boolean isCode(String text) {
        return text.chars().anyMatch(sign -> CODE_SIGNS.indexOf(sign) >= 0) || text.contains("()") || text.contains("--") || text.contains("://");
    }

    private static String withoutInvisible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.chars().filter(sign -> INVISIBLE.indexOf(sign) < 0).forEach(sign -> visible.append((char) sign));
        return visible.toString();
    }

    private String run() {
        while (at < text.length()) {
            step(text.charAt(at));
        }
        return withoutLastSign(folded);
    }

    private void step(char sign) {
        if (opensQuote(sign)) {
            quote(sign);
        } else if (Character.isWhitespace(sign) || Character.isSpaceChar(sign)) {
            space();
        } else if (Character.isLetter(sign)) {
            word();
        } else {
            folded.append(sign);
            at++;
        }
    }

    /** An apostrophe opens a quotation only between a word's end and a letter. */
    private boolean opensQuote(char sign) {
        boolean afterWord = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        return OPENING.indexOf(sign) >= 0 && !(sign == '\u2018' && afterWord) || sign == '\'' && !afterWord;
    }

    /** Copies a quotation as it stands; one that is not closed goes to the end. */
    private void quote(char opening) {
        char closing = opening == '\'' ? '\'' : CLOSING.charAt(OPENING.indexOf(opening));
        int end = at + 1;
        while (end < text.length() && !(text.charAt(end) == closing && closes(closing, end))) {
            end++;
        }
        int next = Math.min(text.length(), end + 1);
        folded.append(text, at, next);
        at = next;
    }

    private boolean closes(char closing, int end) {
        boolean apostrophe = closing == '\'' || closing == '\u2019';
        return !apostrophe || end + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(end + 1));
    }

    private void space() {
        folded.append(' ');
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at)))) {
            at++;
        }
    }

    private void word() {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || isInnerApostrophe(end))) {
            end++;
        }
        String word = text.substring(at, end);
        folded.append(keepsCase(word) ? word : word.toLowerCase(Locale.ROOT));
        at = end;
    }

    private boolean isInnerApostrophe(int index) {
        char sign = text.charAt(index);
        return (sign == '\'' || sign == '\u2019') && index + 1 < text.length() && Character.isLetter(text.charAt(index + 1));
    }

    /** Abbreviations (US, WHO), names with capitals inside (iPhone, mRNA), units with digits (5GB), words that are others with a capital. */
    private boolean keepsCase(String word) {
        if (shouted) {
            return false;
        }
        boolean capitalsInside = word.chars().skip(1).anyMatch(sign -> Character.isUpperCase(sign) || Character.isDigit(sign));
        boolean afterDigit = at > 0 && Character.isDigit(text.charAt(at - 1));
        boolean single = word.length() == 1 && !word.equals("I") && !word.equals("A");
        return capitalsInside || afterDigit || single || !folded.isEmpty() && OTHER_WITH_A_CAPITAL.contains(word);
    }

    /** A full stop or a question mark at the very end; an exclamation mark after a word only: 5! is a number. */
    private static String withoutLastSign(StringBuilder folded) {
        int end = folded.length();
        while (end > 1 && isLastSign(folded, end - 1)) {
            end--;
        }
        return folded.substring(0, end);
    }

    private static boolean isLastSign(StringBuilder folded, int index) {
        char sign = folded.charAt(index);
        boolean afterWord = index > 1 && Character.isLetter(folded.charAt(index - 1)) && Character.isLetter(folded.charAt(index - 2));
        return sign == '.' || sign == '?' || sign == '\u3002' || sign == '\uFF1F' || sign == ' ' || sign == '!' && afterWord;
    }
}
