package dev.gatehouse.text.signature;

import java.lang.Character.UnicodeScript;

/**
 * The words of a text. Letters, digits and the marks between them make a word; in scripts written without spaces (Chinese, Japanese,
 * Thai, Lao, Khmer, Burmese) every character is one, so that a phrase is a sequence of words in every language.
 */
final class Tokens {

    private static final int NONE = 0;
    private static final int WORD = 1;
    private static final int SINGLE = 2;
    private static final byte[] KIND = kinds();
    private static final String SENTENCE_ENDS = ".!?:;\n\"'([{>`*#\u3002\uFF01\uFF1F\u0964\u00BF\u00A1\u201C\u2018";

    private Tokens() {
    }

    /** Receives the words in order. */
    @FunctionalInterface
    interface Words {

        /** A word at {@code start..end}; {@code opens} if it may be the first of a sentence. */
        void word(int start, int end, boolean opens);
    }

    static void of(String text, Words words) {
        int length = text.length();
        boolean opens = true;
        for (int i = 0; i < length; ) {
            char c = text.charAt(i);
            int kind = KIND[c];
            if (kind == NONE) {
                opens |= SENTENCE_ENDS.indexOf(c) >= 0;
                i++;
            } else {
                int end = kind == SINGLE ? i + 1 : wordEnd(text, i + 1);
                words.word(i, end, opens);
                opens = false;
                i = end;
            }
        }
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && KIND[text.charAt(end)] == WORD) {
            end++;
        }
        return end;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[0x10000];
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (byte) kind(c);
        }
        return kinds;
    }

    private static int kind(int c) {
        int type = Character.getType(c);
        boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
        if (!Character.isLetterOrDigit(c) && !mark) {
            return NONE;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> SINGLE;
            default -> WORD;
        };
    }
}
