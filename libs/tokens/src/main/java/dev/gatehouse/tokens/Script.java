package dev.gatehouse.tokens;

/**
 * What a piece of text is made of. Vocabularies differ by script: one that knows Chinese well may know Arabic badly, so an estimate
 * has a rate for each.
 */
enum Script {
    /** A Latin word that is one token of the reference. */ WORD,
    /** A Latin word that is several. */ RARE_WORD,
    DIGITS, PUNCTUATION, SPACE, HAN, KANA, HANGUL, CYRILLIC_AND_GREEK, ARABIC_AND_HEBREW, INDIC_AND_THAI,
    /** Emoji, signs, all other scripts. */ OTHER;

    static final int COUNT = values().length;

    /** The script of a piece by its first telling sign. */
    static Script of(String text, int from, int end, int tokens) {
        int sign = telling(text, from, end);
        if (sign < 0x80) {
            return ofAscii(sign, tokens);
        }
        return switch (Signs.of(sign)) {
            case Signs.NUMBER -> DIGITS;
            case Signs.SPACE, Signs.LINE_END -> SPACE;
            default -> ofLetter(sign, tokens);
        };
    }

    /** Words carry a space or a quote before them: the second sign tells. */
    private static int telling(String text, int from, int end) {
        int first = text.codePointAt(from);
        int second = from + Character.charCount(first);
        boolean prefix = second < end && first < 0x80 && !isAsciiLetter(first);
        return prefix ? text.codePointAt(second) : first;
    }

    private static boolean isAsciiLetter(int sign) {
        return (sign | 0x20) >= 'a' && (sign | 0x20) <= 'z';
    }

    private static Script ofAscii(int sign, int tokens) {
        if (isAsciiLetter(sign)) {
            return latin(tokens);
        }
        if (sign <= ' ') {
            return SPACE;
        }
        return sign >= '0' && sign <= '9' ? DIGITS : PUNCTUATION;
    }

    private static Script latin(int tokens) {
        return tokens == 1 ? WORD : RARE_WORD;
    }

    private static Script ofLetter(int sign, int tokens) {
        return switch (Character.UnicodeScript.of(sign)) {
            case LATIN -> latin(tokens);
            case HAN -> HAN;
            case HIRAGANA, KATAKANA -> KANA;
            case HANGUL -> HANGUL;
            case CYRILLIC, GREEK, ARMENIAN, GEORGIAN -> CYRILLIC_AND_GREEK;
            case ARABIC, HEBREW -> ARABIC_AND_HEBREW;
            case DEVANAGARI, BENGALI, TAMIL, TELUGU, GUJARATI, KANNADA, MALAYALAM, GURMUKHI, THAI, LAO, KHMER, MYANMAR -> INDIC_AND_THAI;
            case COMMON -> sign >= 0x2010 && sign <= 0x206f || sign >= 0x3000 && sign <= 0x303f || sign >= 0xff00 && sign <= 0xffef
                    ? PUNCTUATION : OTHER;
            default -> OTHER;
        };
    }
}
