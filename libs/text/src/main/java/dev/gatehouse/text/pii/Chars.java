package dev.gatehouse.text.pii;

import dev.gatehouse.text.stream.GrowingText;

/** The classes of characters that the recognisers share. Digits and letters of identifiers are ASCII; spaces and dashes are Unicode's. */
final class Chars {

    /** From here on (radicals, kana, ideographs, Hangul) words are not parted by spaces. */
    private static final char FIRST_EAST_ASIAN = '\u2E80';

    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return isUpper(c) || c >= 'a' && c <= 'z';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** A letter or digit of a script that parts words, or an underscore: what may not touch an identifier. */
    static boolean isWord(char c) {
        return c < 128 ? isDigit(c) || isLetter(c) || c == '_' : c < FIRST_EAST_ASIAN && Character.isLetterOrDigit(c);
    }

    /** A blank inside a line: space, tab, no-break and narrow spaces. */
    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00A0' || c >= '\u2000' && c <= '\u200A' || c == '\u202F' || c == '\u205F' || c == '\u3000';
    }

    /** Hyphen-minus and the dashes people type for it. */
    static boolean isDash(char c) {
        return c == '-' || c >= '\u2010' && c <= '\u2015' || c == '\u2212' || c == '\uFE58' || c == '\uFE63' || c == '\uFF0D';
    }

    /** A separator inside an identifier. */
    static boolean isSeparator(char c) {
        return isBlank(c) || isDash(c) || c == '.';
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }

    /** Whether the character at an index is the letter of an escape such as {@code \n}, as in JSON and source code. */
    static boolean isEscaped(GrowingText text, int index) {
        return at(text, index - 1) == '\\' && "nrt".indexOf(at(text, index)) >= 0;
    }

    /** The character at an index, or a space beyond either end. */
    static char at(GrowingText text, int index) {
        return text.at(index);
    }
}
