package dev.gatehouse.tokens;

/**
 * The rules by which OpenAI's encodings split a text into pieces before they look for tokens in each, as
 * <a href="https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py">tiktoken</a> writes them as regular expressions.
 * Written out here so that no text makes them slow: finding the end of a piece looks at each sign of it at most twice.
 */
enum Split {

    /** GPT-4, GPT-3.5, the newer embeddings. */
    CL100K {
        @Override
        int end(String text, int from) {
            int contraction = contraction(text, from);
            if (contraction > from) {
                return contraction;
            }
            int letters = letters(text, afterPrefix(text, from));
            return letters > from ? letters : endOfOthers(text, from, false);
        }

        private int letters(String text, int from) {
            int at = from;
            while (at < text.length() && isLetter(Signs.of(text.codePointAt(at)))) {
                at = next(text, at);
            }
            return at > from ? at : 0;
        }
    },

    /** GPT-4o and everything after it. */
    O200K {
        @Override
        int end(String text, int from) {
            int prefixed = afterPrefix(text, from);
            int end = word(text, prefixed);
            if (end == 0 && prefixed > from) {
                end = word(text, from);
            }
            return end > 0 ? contractionOrSame(text, end) : endOfOthers(text, from, true);
        }

        /** Capitals, then small letters; without small ones the capitals alone. 0 if there is no letter. */
        private int word(String text, int from) {
            int capitals = from;
            int lastUncased = 0;
            while (capitals < text.length()) {
                byte sign = Signs.of(text.codePointAt(capitals));
                if (sign != Signs.UPPER && !isUncased(sign)) {
                    break;
                }
                capitals = next(text, capitals);
                lastUncased = isUncased(sign) ? capitals : lastUncased;
            }
            int end = small(text, capitals);
            if (end > capitals) {
                return end;
            }
            return lastUncased > 0 ? lastUncased : capitals > from ? capitals : 0;
        }

        private int small(String text, int from) {
            int at = from;
            while (at < text.length()) {
                byte sign = Signs.of(text.codePointAt(at));
                if (sign != Signs.LOWER && !isUncased(sign)) {
                    break;
                }
                at = next(text, at);
            }
            return at;
        }

        private int contractionOrSame(String text, int end) {
            return Math.max(end, contraction(text, end));
        }
    };

    /** Where the piece that starts at {@code from} ends; always after it. */
    abstract int end(String text, int from);

    private static int next(String text, int at) {
        return at + Character.charCount(text.codePointAt(at));
    }

    private static boolean isUncased(byte sign) {
        return sign == Signs.UNCASED || sign == Signs.MARK;
    }

    private static boolean isLetter(byte sign) {
        return sign == Signs.UPPER || sign == Signs.LOWER || sign == Signs.UNCASED;
    }

    /** A word may begin with one sign that is no letter, number or line end. */
    private static int afterPrefix(String text, int from) {
        byte sign = Signs.of(text.codePointAt(from));
        return isLetter(sign) || sign == Signs.NUMBER || sign == Signs.LINE_END ? from : next(text, from);
    }

    /** The end of {@code 's 't 're 've 'm 'll 'd} in any case, or 0. */
    private static int contraction(String text, int from) {
        if (from + 1 >= text.length() || text.charAt(from) != '\'') {
            return 0;
        }
        int first = text.charAt(from + 1) | 0x20;
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return from + 2;
        }
        int second = from + 2 < text.length() ? text.charAt(from + 2) | 0x20 : 0;
        boolean two = (first == 'r' || first == 'v') && second == 'e' || first == 'l' && second == 'l';
        return two ? from + 3 : 0;
    }

    private static int endOfOthers(String text, int from, boolean slashes) {
        byte sign = Signs.of(text.codePointAt(from));
        if (sign == Signs.NUMBER) {
            return numbers(text, from);
        }
        int punctuation = punctuation(text, text.charAt(from) == ' ' ? from + 1 : from, slashes);
        return punctuation > 0 ? punctuation : spaces(text, from);
    }

    private static int numbers(String text, int from) {
        int at = from;
        for (int i = 0; i < 3 && at < text.length() && Signs.of(text.codePointAt(at)) == Signs.NUMBER; i++) {
            at = next(text, at);
        }
        return at;
    }

    private static int punctuation(String text, int from, boolean slashes) {
        int at = from;
        while (at < text.length() && isPunctuation(Signs.of(text.codePointAt(at)))) {
            at = next(text, at);
        }
        if (at == from) {
            return 0;
        }
        while (at < text.length() && (isLineEnd(text.charAt(at)) || slashes && text.charAt(at) == '/')) {
            at++;
        }
        return at;
    }

    private static boolean isPunctuation(byte sign) {
        return sign == Signs.OTHER || sign == Signs.MARK;
    }

    private static boolean isLineEnd(char sign) {
        return sign == '\r' || sign == '\n';
    }

    /** White space up to its last line end; without one all of it, but for a last sign that a word wants as its prefix. */
    private static int spaces(String text, int from) {
        int at = from;
        int lastLineEnd = 0;
        while (at < text.length()) {
            byte sign = Signs.of(text.charAt(at));
            if (sign != Signs.SPACE && sign != Signs.LINE_END) {
                break;
            }
            at++;
            lastLineEnd = sign == Signs.LINE_END ? at : lastLineEnd;
        }
        if (lastLineEnd > 0) {
            return lastLineEnd;
        }
        return at == text.length() || at == from + 1 ? at : at - 1;
    }
}
