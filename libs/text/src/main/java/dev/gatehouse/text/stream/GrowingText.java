package dev.gatehouse.text.stream;

import java.util.Arrays;

/**
 * A text that grows at its end and is forgotten at its start. Indices are UTF-16 units from the text's start, whatever was forgotten.
 *
 * <p>Whoever looks past what is known is answered as if the text ended there, and that is noted: what was read without a note cannot be
 * changed by what is still to come. Not thread-safe.
 */
public final class GrowingText {

    private static final char NOTHING = ' ';

    private char[] chars;
    private int base;
    private int length;
    private boolean ended;
    private boolean beyond;

    public GrowingText() {
        chars = new char[256];
    }

    private GrowingText(String whole) {
        chars = whole.toCharArray();
        length = chars.length;
        ended = true;
    }

    /** A text that is whole. */
    public static GrowingText of(String whole) {
        return new GrowingText(whole);
    }

    /** More of the text. */
    public void append(CharSequence delta) {
        append(delta, 0, delta.length());
    }

    /** More of the text: a part of {@code delta}. */
    public void append(CharSequence delta, int from, int to) {
        int size = to - from;
        if (length - base + size > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, length - base + size));
        }
        if (delta instanceof String string) {
            string.getChars(from, to, chars, length - base);
        } else {
            for (int i = 0; i < size; i++) {
                chars[length - base + i] = delta.charAt(from + i);
            }
        }
        length += size;
    }

    /** No more comes: from now on nothing lies beyond. */
    public void end() {
        ended = true;
    }

    public boolean ended() {
        return ended;
    }

    /** What is known so far, the forgotten included. */
    public int length() {
        return length;
    }

    /** First index that is still known. */
    public int base() {
        return base;
    }

    /** Whether there is a character; past what is known that is noted. */
    public boolean has(int index) {
        if (index < length) {
            return true;
        }
        beyond |= !ended;
        return false;
    }

    /** The character at an index, or a space where there is none; past what is known that is noted. */
    public char at(int index) {
        if (index >= length) {
            beyond |= !ended;
            return NOTHING;
        }
        return index < 0 ? NOTHING : chars[index - base];
    }

    /** The character at a known index. */
    public char charAt(int index) {
        return chars[index - base];
    }

    public String substring(int start, int end) {
        return new String(chars, start - base, end - start);
    }

    /** Whether the word stands at an index, ignoring the case of ASCII letters if told so; only the characters that agree are looked at, and the next. */
    public boolean startsWith(String word, int index, boolean ignoreCase) {
        for (int i = 0; i < word.length(); i++) {
            char c = at(index + i);
            boolean same = c == word.charAt(i) || ignoreCase && Character.toLowerCase(c) == Character.toLowerCase(word.charAt(i));
            if (!same || index + i >= length) {
                return false;
            }
        }
        return true;
    }

    /** Notes that the answer depends on what is still to come, unless nothing is. */
    public void lookBeyond() {
        beyond |= !ended;
    }

    /** Forgets the notes. */
    public void clearNotes() {
        beyond = false;
    }

    /** Whether since the notes were cleared something past what is known was asked for. */
    public boolean lookedBeyond() {
        return beyond;
    }

    /** Forgets what stands before an index. Costs nothing most of the time: only when half of what is kept has been forgotten. */
    public void forgetBefore(int index) {
        int gone = index - base;
        if (gone > (length - base) / 2 && gone >= 256) {
            System.arraycopy(chars, gone, chars, 0, length - index);
            base = index;
        }
    }

    /** Shows the length, never the text. */
    @Override
    public String toString() {
        return "GrowingText[" + length + " chars]";
    }
}
