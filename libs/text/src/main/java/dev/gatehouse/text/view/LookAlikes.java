package dev.gatehouse.text.view;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Characters that look like ASCII letters. The table {@code lookalikes.tsv} comes from Unicode's confusables (UTS 39) and the letters'
 * names (small capitals, boxed letters); its first line says how. Symbols and unusual Latin letters are folded wherever they stand;
 * letters of living scripts only in words that mix them with Latin, or that consist of nothing else inside a mostly Latin text, so that
 * Russian and Greek stay what they are.
 */
final class LookAlikes {

    private static final Map<Integer, String> PLAIN = new HashMap<>();
    private static final char[] LIVING = new char[0x10000];

    static {
        load();
    }

    private LookAlikes() {
    }

    /** The ASCII letter that a symbol or an unusual Latin letter stands for, else null. */
    static String plainLetter(int codePoint) {
        return PLAIN.get(codePoint);
    }

    /** The ASCII letter that a letter of a living script looks like, or 0. */
    static char likeness(char c) {
        return LIVING[c];
    }

    /** Whether a letter could not be meant as Latin. */
    static boolean isForeign(char c) {
        return c > 0x7F && LIVING[c] == 0 && Character.isLetter(c) && UnicodeScript.of(c) != UnicodeScript.LATIN;
    }

    /** Whether the text has letters of a living script that look Latin. */
    static boolean occurIn(String text) {
        return text.chars().anyMatch(c -> LIVING[c] != 0);
    }

    /** Folds look-alikes word by word. */
    static MappedText fold(MappedText source) {
        String text = source.text();
        boolean mostlyLatin = isMostlyLatin(text);
        Rewrite out = new Rewrite(source);
        for (int i = 0; i < text.length(); ) {
            int end = wordEnd(text, i);
            if (isSpoof(text, i, end, mostlyLatin)) {
                putFolded(out, text, i, end);
            } else {
                out.copy(i, Math.max(end, i + 1));
            }
            i = Math.max(end, i + 1);
        }
        return out.done();
    }

    private static void putFolded(Rewrite out, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char like = LIVING[text.charAt(i)];
            out.put(like == 0 ? text.charAt(i) : like, i, i + 1);
        }
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpoof(String text, int from, int to, boolean mostlyLatin) {
        int latin = 0;
        int alike = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            latin += isAsciiLetter(c) ? 1 : 0;
            alike += LIVING[c] != 0 ? 1 : 0;
        }
        return alike > 0 && (latin > 0 || (mostlyLatin && alike == to - from));
    }

    /** More ASCII letters than letters that could not be meant as Latin. */
    private static boolean isMostlyLatin(String text) {
        int latin = 0;
        int foreign = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            latin += isAsciiLetter(c) ? 1 : 0;
            foreign += isForeign(c) ? 1 : 0;
        }
        return latin >= foreign;
    }

    static boolean isAsciiLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static void load() {
        try (InputStream in = LookAlikes.class.getResourceAsStream("lookalikes.tsv");
             BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(LookAlikes::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(String line) {
        String letter = line.substring(0, 1);
        line.codePoints().skip(2).forEach(codePoint -> {
            if (isLiving(codePoint)) {
                LIVING[codePoint] = letter.charAt(0);
            } else {
                PLAIN.put(codePoint, letter);
            }
        });
    }

    private static boolean isLiving(int codePoint) {
        UnicodeScript script = UnicodeScript.of(codePoint);
        return codePoint < LIVING.length && Character.isLetter(codePoint) && script != UnicodeScript.LATIN
                && script != UnicodeScript.COMMON;
    }
}
