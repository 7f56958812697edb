package dev.gatehouse.text.view;

/**
 * The canonical reading of a text that grows: escapes, compatibility forms, invisible characters, accents and look-alikes undone, character
 * by character. What depends on what follows waits: an escape of at most {@value #LONGEST_ESCAPE} characters, a word that begins with letters
 * which may be look-alikes. Letters set apart are not joined, and whether a text is mostly Latin is told by what has come. Not thread-safe.
 */
final class GrowingCanonical {

    private static final int LONGEST_ESCAPE = 13;
    private static final int LONGEST_WORD = 64;

    private final Sink sink;
    private final StringBuilder escape = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private final int[] wordStarts = new int[LONGEST_WORD];
    private final int[] wordEnds = new int[LONGEST_WORD];
    private int escapeStart;
    private int read;
    private int highStart;
    private int highEnd;
    private char high;
    private boolean latin;
    private boolean other;
    private long latinLetters;
    private long foreignLetters;

    /** Receives the reading. */
    interface Sink {

        /** A character made of the original's {@code from..to}. */
        void put(char c, int from, int to, boolean changed);

        /** The original's {@code from..to} reads as nothing. */
        void vanish(int from, int to);
    }

    GrowingCanonical(Sink sink) {
        this.sink = sink;
    }

    void read(char c) {
        int index = read++;
        if (escape.isEmpty() && c != '&' && c != '%' && c != '\\') {
            unit(c, index, index + 1, false);
            return;
        }
        if (escape.isEmpty()) {
            escapeStart = index;
        }
        escape.append(c);
        unescape(false);
    }

    void end() {
        unescape(true);
        if (high != 0) {
            lone();
        }
        endWord();
    }

    /** All before this index of the original has been read or has vanished. */
    int done() {
        int escaped = escape.isEmpty() ? read : escapeStart;
        int paired = high == 0 ? escaped : Math.min(escaped, highStart);
        return word.isEmpty() ? paired : Math.min(paired, wordStarts[0]);
    }

    private void unescape(boolean ended) {
        while (!escape.isEmpty() && (ended || isDecided())) {
            Escapes.Escape found = Escapes.read(escape.toString(), 0);
            int length = found == null ? 1 : found.end();
            String text = found == null ? escape.substring(0, 1) : found.text();
            for (int i = 0; i < text.length(); i++) {
                unit(text.charAt(i), escapeStart, escapeStart + length, found != null);
            }
            escape.delete(0, length);
            escapeStart += length;
        }
    }

    /** Whether nothing that follows can change what the first of the waiting characters begins. */
    private boolean isDecided() {
        char last = escape.charAt(escape.length() - 1);
        boolean goesOn = last < 128 && Character.isLetterOrDigit(last) || last == '#' || last == '%' || last == '\\' || last == '&';
        return switch (escape.charAt(0)) {
            case '&' -> !goesOn || escape.length() >= LONGEST_ESCAPE || escape.length() > 1 && (last == '&' || last == '%' || last == '\\');
            case '%' -> escape.length() >= LONGEST_ESCAPE || escape.length() > 1 && last != '%' && Character.digit(last, 16) < 0
                    || escape.length() == 3 && Character.digit(escape.charAt(1), 16) >= 0 && Character.digit(escape.charAt(1), 16) < 8;
            case '\\' -> escape.length() >= 6 || escape.length() > 1 && "ux".indexOf(escape.charAt(1)) < 0
                    || escape.length() > 2 && Character.digit(last, 16) < 0 || escape.length() == 4 && escape.charAt(1) == 'x';
            default -> true;
        };
    }

    private void unit(char c, int from, int to, boolean changed) {
        if (high != 0 && Character.isLowSurrogate(c)) {
            int codePoint = Character.toCodePoint(high, c);
            high = 0;
            fold(codePoint, highStart, to, changed);
            return;
        }
        if (high != 0) {
            lone();
        }
        if (Character.isHighSurrogate(c)) {
            high = c;
            highStart = from;
            highEnd = to;
        } else {
            fold(c, from, to, changed);
        }
    }

    private void lone() {
        char c = high;
        high = 0;
        fold(c, highStart, highEnd, false);
    }

    private void fold(int codePoint, int from, int to, boolean changed) {
        if (codePoint < 0x80) {
            letter((char) codePoint, from, to, changed);
            return;
        }
        String folded = CodePointFold.folded(codePoint);
        if (folded.isEmpty()) {
            sink.vanish(from, to);
            return;
        }
        boolean same = folded.codePointAt(0) == codePoint && folded.length() == Character.charCount(codePoint);
        for (int i = 0; i < folded.length(); i++) {
            boolean whole = !same || folded.length() == 1;
            letter(folded.charAt(i), whole ? from : from + i, whole ? to : from + i + 1, changed || !same);
        }
    }

    /** Look-alikes are letters of another script in a word with Latin letters, or in one of nothing else where the text is mostly Latin. */
    private void letter(char c, int from, int to, boolean changed) {
        if (!Character.isLetterOrDigit(c)) {
            endWord();
            sink.put(c, from, to, changed);
            return;
        }
        boolean ascii = LookAlikes.isAsciiLetter(c) && c < 128;
        latinLetters += ascii ? 1 : 0;
        foreignLetters += LookAlikes.isForeign(c) ? 1 : 0;
        if (ascii && !latin) {
            latin = true;
            flush(true);
        }
        char like = LookAlikes.likeness(c);
        other |= like == 0;
        if (latin) {
            sink.put(like == 0 ? c : like, from, to, changed || like != 0);
        } else if (like != 0 || !word.isEmpty()) {
            keep(c, from, to);
        } else {
            sink.put(c, from, to, changed);
        }
    }

    private void keep(char c, int from, int to) {
        if (word.length() == LONGEST_WORD) {
            flush(false);
        }
        wordStarts[word.length()] = from;
        wordEnds[word.length()] = to;
        word.append(c);
    }

    private void endWord() {
        flush(!other && latinLetters >= foreignLetters);
        latin = false;
        other = false;
    }

    private void flush(boolean alike) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            char like = alike ? LookAlikes.likeness(c) : 0;
            sink.put(like == 0 ? c : like, wordStarts[i], wordEnds[i], like != 0);
        }
        word.setLength(0);
    }
}
