package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;

/**
 * The form of an identifier of letters and digits. In a pattern, {@code A} is a letter, {@code 9} a digit, {@code *} either, and
 * {@code |} a place where one separator may stand.
 */
record Shape(String pattern) {

    /** @param value letters and digits alone, in upper case; @param end index after the last in the text; @param grouped separators stood */
    record Match(String value, int end, boolean grouped, boolean upper) {}

    /** The identifier that begins at an index, or null. It must not touch a further letter or digit. */
    Match at(GrowingText text, int start) {
        StringBuilder value = new StringBuilder(pattern.length());
        int index = start;
        boolean grouped = false;
        boolean upper = true;
        for (int i = 0; i < pattern.length(); i++) {
            char wanted = pattern.charAt(i);
            char c = Chars.at(text, index);
            if (wanted == '|') {
                boolean separator = Chars.isSeparator(c);
                grouped |= separator;
                index += separator ? 1 : 0;
            } else if (fits(wanted, c)) {
                value.append(Chars.upper(c));
                upper &= Chars.upper(c) == c;
                index++;
            } else {
                return null;
            }
        }
        return Numbers.ends(text, index) ? new Match(value.toString(), index, grouped, upper) : null;
    }

    /** Whether the identifier may begin at an index, as far as the text is known. */
    boolean mayGoOn(GrowingText text, int start) {
        int index = start;
        for (int i = 0; i < pattern.length() && index < text.length(); i++) {
            char wanted = pattern.charAt(i);
            char c = text.charAt(index);
            boolean gap = wanted == '|';
            if (!gap && !fits(wanted, c)) {
                return false;
            }
            index += !gap || Chars.isSeparator(c) ? 1 : 0;
        }
        return true;
    }

    private static boolean fits(char wanted, char c) {
        return switch (wanted) {
            case 'A' -> Chars.isLetter(c);
            case '9' -> Chars.isDigit(c);
            default -> Chars.isLetter(c) || Chars.isDigit(c);
        };
    }
}
