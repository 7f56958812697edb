package dev.gatehouse.llm.synthetic;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the pieces of a stream. */
final class WordPieces {

    private static final int LONGEST_WORD = 64;

    private WordPieces() {}

    /**
     * Pieces that make the text again when joined, each some words with the space before them; none begins inside a surrogate pair.
     *
     * @param most pieces, about; longer texts have longer pieces
     */
    static List<String> of(String text, int most) {
        List<String> pieces = new ArrayList<>();
        int least = text.length() / most + 1;
        int from = 0;
        while (from < text.length()) {
            int to = end(text, from, least);
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static int end(String text, int from, int least) {
        int bound = Math.min(text.length(), from + least + LONGEST_WORD);
        int at = Math.min(text.length(), from + least);
        while (at < bound && !beginsWord(text, at)) {
            at++;
        }
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1)) ? at + 1 : at;
    }

    /** Whether a word ends before that place: the space goes with the word that follows. */
    private static boolean beginsWord(String text, int at) {
        return Character.isWhitespace(text.charAt(at)) && !Character.isWhitespace(text.charAt(at - 1));
    }
}
