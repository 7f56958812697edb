package dev.gatehouse.text.view;

import dev.gatehouse.text.Finding;

/**
 * One reading of a text.
 *
 * @param kind how it was read
 * @param text the reading
 * @param map  where its characters stand in the original
 */
public record View(Kind kind, String text, OffsetMap map) {

    /** How a reading was made. All but the first two are payloads or second readings, present only where the text suggests them. */
    public enum Kind {
        /** As it came. */
        ORIGINAL,
        /** Escapes, compatibility forms, look-alikes, invisible characters, accents and letter spacing undone. */
        CANONICAL,
        /** Digits and symbols read as the letters they resemble. */
        LEET,
        /** Text hidden in Unicode tag characters (U+E0020 to U+E007E). */
        TAGS,
        /** Bytes hidden in variation selectors. */
        VARIATION_SELECTORS,
        BASE64,
        HEX,
        BINARY,
        MORSE,
        /** Spelling alphabet: alpha bravo charlie. */
        NATO,
        /** Letters shifted by a fixed amount, ROT13 included. */
        CAESAR,
        /** The alphabet turned round. */
        ATBASH,
        REVERSED
    }

    /** The stretch of the original that this reading's {@code start..end} was made of. */
    public Span original(int start, int end) {
        return map.span(start, end);
    }

    /** A finding in this reading, placed in the original. */
    public Finding original(Finding finding) {
        Span span = original(finding.start(), finding.end());
        return finding.at(span.start(), span.end());
    }

    /** Shows the kind and the length, never the text. */
    @Override
    public String toString() {
        return "View[" + kind + ", " + text.length() + " chars]";
    }
}
