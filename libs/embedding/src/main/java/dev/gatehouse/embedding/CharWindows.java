package dev.gatehouse.embedding;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into windows of a number of characters for an encoder whose tokens are not known here; an eighth of each is in the next too. */
record CharWindows(int chars) {

    private static final int SHARE_OF_OVERLAP = 8;

    List<String> of(String text) {
        List<String> windows = new ArrayList<>();
        int from = 0;
        while (text.length() - from > chars) {
            int to = border(text, from + chars);
            windows.add(text.substring(from, to));
            from = border(text, to - chars / SHARE_OF_OVERLAP);
        }
        windows.add(text.substring(from));
        return windows;
    }

    /** After the last blank nearby, else where no surrogate pair is cut. */
    private int border(String text, int at) {
        for (int i = at; i > at - chars / SHARE_OF_OVERLAP; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
