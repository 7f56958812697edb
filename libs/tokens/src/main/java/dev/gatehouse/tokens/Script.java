package dev.gatehouse.tokens;

/**
 * What a piece of text is made of. Vocabularies differ by it: one that knows Chinese well may know Arabic badly, one may split
 * numbers into digits, another words in capitals. So an estimate has a rate for each.
 */
enum Script {
    /** An English word, or another that is one token of the reference, with a space before it. */ WORD,
    /** The same without a space: after a sign, or inside a name in code. */ INNER_WORD,
    /** A Latin word of several tokens. */ RARE_WORD,
    /** A Latin word with letters that are not ASCII. */ ACCENTED_WORD,
    /** A word that begins with two capitals. */ CAPITALS,
    DIGITS, PUNCTUATION, SPACE, HAN, KANA, HANGUL, CYRILLIC, GREEK, ARABIC, HEBREW, INDIC, THAI,
    /** Emoji, signs, all other scripts. */ OTHER;

    static final int COUNT = values().length;

    /** The script of a piece that has so many tokens of the reference. */
    static Script of(String text, int from, int end, int tokens) {
        int start = from + prefix(text, from, end);
        int sign = text.codePointAt(start);
        if (sign >= 0x80) {
            return ofLetter(sign);
        }
        return isAsciiLetter(sign) ? word(text, from, start, end, tokens) : ofAsciiSign(sign);
    }

    /** Words carry a space or a quote before them: then the second sign tells. */
    private static int prefix(String text, int from, int end) {
        char first = text.charAt(from);
        return from + 1 < end && first < 0x80 && !isAsciiLetter(first) ? 1 : 0;
    }

    private static boolean isAsciiLetter(int sign) {
        return (sign | 0x20) >= 'a' && (sign | 0x20) <= 'z';
    }

    private static boolean isCapital(int sign) {
        return sign >= 'A' && sign <= 'Z';
    }

    private static Script word(String text, int from, int start, int end, int tokens) {
        if (start + 1 < end && isCapital(text.charAt(start)) && isCapital(text.charAt(start + 1))) {
            return CAPITALS;
        }
        if (!isAscii(text, start, end)) {
            return ACCENTED_WORD;
        }
        if (tokens > 1) {
            return RARE_WORD;
        }
        return text.charAt(from) == ' ' ? WORD : INNER_WORD;
    }

    private static boolean isAscii(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static Script ofAsciiSign(int sign) {
        if (sign <= ' ') {
            return SPACE;
        }
        return sign >= '0' && sign <= '9' ? DIGITS : PUNCTUATION;
    }

    private static Script ofLetter(int sign) {
        return switch (Character.UnicodeScript.of(sign)) {
            case LATIN -> ACCENTED_WORD;
            case HAN -> HAN;
            case HIRAGANA, KATAKANA -> KANA;
            case HANGUL -> HANGUL;
            case CYRILLIC -> CYRILLIC;
            case GREEK -> GREEK;
            case ARABIC -> ARABIC;
            case HEBREW -> HEBREW;
            case DEVANAGARI, BENGALI, TAMIL, TELUGU, GUJARATI, KANNADA, MALAYALAM, GURMUKHI, SINHALA -> INDIC;
            case THAI, LAO, KHMER, MYANMAR -> THAI;
            default -> ofSign(sign);
        };
    }

    private static Script ofSign(int sign) {
        if (Signs.of(sign) == Signs.SPACE) {
            return SPACE;
        }
        boolean punctuation = sign < 0x2070 || sign >= 0x3000 && sign <= 0x303f || sign >= 0xff00 && sign <= 0xffef;
        return punctuation ? PUNCTUATION : OTHER;
    }
}
