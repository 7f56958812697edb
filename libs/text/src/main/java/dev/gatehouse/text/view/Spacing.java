package dev.gatehouse.text.view;

/**
 * Joins words whose letters were set apart: {@code i g n o r e}, {@code i.g.n.o.r.e}, {@code i-g-n-o-r-e}. A run is at least three
 * characters (four for spaces), at least half of them letters, each followed by the same single separator. In a run of spaces a wider
 * gap is a word's end and becomes one space.
 */
final class Spacing {

    private static final String SEPARATORS = " .-_*|/,~+\u00B7'\"\n";

    /** How far a run may go on after its letters last were half of it; so that no stretch is read again and again. */
    private static final int LOOK_AHEAD = 32;

    private Spacing() {
    }

    static MappedText join(MappedText source) {
        String text = source.text();
        Rewrite out = new Rewrite(source);
        for (int i = 0; i < text.length(); ) {
            int end = runEnd(text, i);
            if (end > i) {
                join(out, text, i, end);
                i = end;
            } else {
                out.put(text.charAt(i), i, i + 1);
                i++;
            }
        }
        return out.done();
    }

    private static void join(Rewrite out, String text, int from, int to) {
        char separator = text.charAt(from + 1);
        for (int i = from; i < to; i++) {
            boolean element = (i - from) % 2 == 0 && text.charAt(i) != ' ';
            if (separator == ' ') {
                i = joinSpaced(out, text, i, to);
            } else if (element) {
                out.put(text.charAt(i), i, i + 1);
            }
        }
    }

    private static int joinSpaced(Rewrite out, String text, int at, int to) {
        out.put(text.charAt(at), at, at + 1);
        int next = skipSpaces(text, at + 1, to);
        if (next - at > 2) {
            out.put(' ', at + 1, next);
        }
        return next - 1;
    }

    private static int skipSpaces(String text, int from, int to) {
        int i = from;
        while (i < to && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    /** The index after the run that starts at {@code from}, or {@code from} if none does. */
    private static int runEnd(String text, int from) {
        if (!startsRun(text, from)) {
            return from;
        }
        char separator = text.charAt(from + 1);
        int letters = 0;
        int elements = 0;
        int enough = 0;
        int end = from;
        for (int i = from; i < text.length() && isElement(text.charAt(i), separator) && elements - enough < LOOK_AHEAD; ) {
            letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
            elements++;
            if (letters * 2 >= elements) {
                enough = elements;
                end = i + 1;
            }
            i = nextElement(text, i + 1, separator);
        }
        return enough >= (separator == ' ' ? 4 : 3) ? wholeElements(text, from, end, separator) : from;
    }

    /** A last element that is the first letter of a longer word is not part of the run. */
    private static int wholeElements(String text, int from, int end, char separator) {
        boolean cut = end < text.length() && Character.isLetterOrDigit(text.charAt(end)) && Character.isLetterOrDigit(text.charAt(end - 1));
        if (!cut) {
            return end;
        }
        int before = end - 1;
        while (before > from && text.charAt(before - 1) == separator) {
            before--;
        }
        return before;
    }

    private static boolean startsRun(String text, int from) {
        return from + 4 < text.length() && SEPARATORS.indexOf(text.charAt(from + 1)) >= 0 && Character.isLetter(text.charAt(from))
                && (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)));
    }

    private static boolean isElement(char c, char separator) {
        return c != separator && c > ' ';
    }

    /** After an element: one separator, or for spaces a few; else the text's end, which ends the run. */
    private static int nextElement(String text, int after, char separator) {
        if (after >= text.length() || text.charAt(after) != separator) {
            return text.length();
        }
        return separator == ' ' ? skipSpaces(text, after, Math.min(text.length(), after + 5)) : after + 1;
    }
}
