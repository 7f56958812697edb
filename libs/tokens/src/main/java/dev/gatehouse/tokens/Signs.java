package dev.gatehouse.tokens;

/** The classes of code points that the splitting rules of OpenAI's encodings tell apart. */
final class Signs {

    static final byte OTHER = 0;
    static final byte UPPER = 1;
    static final byte LOWER = 2;
    /** A letter without case, or a modifier letter: the rules take it for upper and lower. */ static final byte UNCASED = 3;
    /** A combining mark: a letter to o200k, none to cl100k. */ static final byte MARK = 4;
    static final byte NUMBER = 5;
    static final byte SPACE = 6;
    static final byte LINE_END = 7;

    private static final byte[] BASIC = basic();

    private Signs() {}

    static byte of(int codePoint) {
        return codePoint < BASIC.length ? BASIC[codePoint] : classify(codePoint);
    }

    private static byte[] basic() {
        byte[] classes = new byte[Character.MAX_VALUE + 1];
        for (int sign = 0; sign < classes.length; sign++) {
            classes[sign] = classify(sign);
        }
        return classes;
    }

    private static byte classify(int sign) {
        if (sign == '\r' || sign == '\n') {
            return LINE_END;
        }
        if (sign >= '\t' && sign <= '\r' || sign == 0x85) {
            return SPACE;
        }
        return switch (Character.getType(sign)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
            case Character.LOWERCASE_LETTER -> LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> UNCASED;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> OTHER;
        };
    }
}
