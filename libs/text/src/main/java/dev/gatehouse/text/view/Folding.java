package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Folds a growing text, code point by code point. A letter of a living script that looks Latin is folded in a word that has Latin letters
 * too; until one is seen the word's beginning waits.
 */
final class Folding {

    /** A word that waits longer than this is none that a person reads as Latin. */
    private static final int MAX_WAITING = 64;
    private static final int UNCHANGED = -1;

    private final FoldedPlaces places;
    private final StringBuilder out = new StringBuilder();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean latinWord;

    /** A character that reads as {@code like} if its word is Latin. */
    private record Waiting(char itself, char like, int at) {}

    Folding(FoldedPlaces places) {
        this.places = places;
    }

    /** What was read since the last call. */
    String taken() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    /** Where the first character stands that waits; {@code at} if none does. */
    int doneUpTo(int at) {
        return waiting.isEmpty() ? at : waiting.getFirst().at;
    }

    /**
     * Takes the code point that stands at {@code at}.
     *
     * @return where the first character stands of those taken now that read otherwise than they are; -1 where none does
     */
    int take(int codePoint, int at) {
        char like = codePoint < 0x10000 ? LookAlikes.living((char) codePoint) : 0;
        if (like != 0) {
            return takeLookAlike((char) codePoint, like, at);
        }
        return codePoint < 0x80 ? takeAscii((char) codePoint, at) : takeOther(codePoint, CodePointFold.folded(codePoint), at);
    }

    /** The text has ended. */
    void end() {
        settle(false);
    }

    private int takeLookAlike(char letter, char like, int at) {
        if (latinWord) {
            put(like, at, at + 1);
            return at;
        }
        wait(letter, like, at);
        return UNCHANGED;
    }

    private int takeAscii(char character, int at) {
        boolean latin = isLatin(character);
        boolean inWord = latin || character >= '0' && character <= '9';
        if (inWord && !latin && !waiting.isEmpty()) {
            wait(character, character, at);
            return UNCHANGED;
        }
        int changed = waiting.isEmpty() ? UNCHANGED : settle(latin);
        latinWord = inWord && (latinWord || latin);
        put(character, at, at + 1);
        return changed;
    }

    private int takeOther(int codePoint, String folded, int at) {
        int end = at + Character.charCount(codePoint);
        if (folded.isEmpty()) {
            return doneUpTo(at);
        }
        boolean latin = isLatin(folded.charAt(0));
        int changed = settle(latin);
        latinWord = Character.isLetterOrDigit(folded.codePointAt(0)) && (latinWord || latin);
        for (int i = 0; i < folded.length(); i++) {
            put(folded.charAt(i), at, end);
        }
        boolean same = folded.length() == end - at && folded.codePointAt(0) == codePoint;
        return changed != UNCHANGED || same ? changed : at;
    }

    private void wait(char itself, char like, int at) {
        waiting.add(new Waiting(itself, like, at));
        if (waiting.size() > MAX_WAITING) {
            settle(false);
        }
    }

    /** What waits becomes Latin or stays what it is. */
    private int settle(boolean latin) {
        int from = latin && !waiting.isEmpty() ? waiting.getFirst().at : UNCHANGED;
        waiting.forEach(one -> put(latin ? one.like : one.itself, one.at, one.at + 1));
        waiting.clear();
        return from;
    }

    private void put(char character, int start, int end) {
        places.add(start, end);
        out.append(character);
    }

    private static boolean isLatin(char character) {
        return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
    }
}
