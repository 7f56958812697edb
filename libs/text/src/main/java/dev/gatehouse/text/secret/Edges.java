package dev.gatehouse.text.secret;

import dev.gatehouse.text.stream.GrowingText;

/** Where a token may begin and end. */
final class Edges {

    private Edges() {
    }

    /** Whether a token may start here: not in the middle of a run of letters and digits, an escape such as {@code \n} not counted. */
    static boolean startsAt(GrowingText text, int start) {
        return start == 0 || !isAlphanumeric(text.charAt(start - 1)) || isEscape(text, start - 1);
    }

    /** Whether a keyword may start here: as a token, or where camel case starts a word. */
    static boolean wordStartsAt(GrowingText text, int start) {
        return startsAt(text, start) || Character.isLowerCase(text.charAt(start - 1)) && Character.isUpperCase(text.charAt(start));
    }

    /** Whether a token may end here: no letter, digit or underscore follows. */
    static boolean endsAt(GrowingText text, int end) {
        return !isAlphanumeric(text.at(end)) && text.at(end) != '_';
    }

    static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isEscape(GrowingText text, int at) {
        return at > 0 && text.charAt(at - 1) == '\\' && "nrt".indexOf(text.charAt(at)) >= 0;
    }
}
