package dev.gatehouse.text.view;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Undoes escapes in place: HTML character references ({@code &#105;}, {@code &#x69;}, the usual named ones), percent-encoding as UTF-8,
 * and {@code \}{@code u0069}, {@code \x69}, {@code \n} of programming languages.
 */
final class Escapes {

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("lt", "<"), Map.entry("gt", ">"), Map.entry("amp", "&"), Map.entry("quot", "\""), Map.entry("apos", "'"),
            Map.entry("nbsp", " "), Map.entry("Tab", " "), Map.entry("NewLine", "\n"), Map.entry("colon", ":"), Map.entry("period", "."),
            Map.entry("comma", ","), Map.entry("lpar", "("), Map.entry("rpar", ")"), Map.entry("lbrack", "["), Map.entry("rbrack", "]"),
            Map.entry("vert", "|"), Map.entry("num", "#"), Map.entry("sol", "/"), Map.entry("commat", "@"));
    private static final int LONGEST_NAME = 8;

    private Escapes() {
    }

    /** What one escape stands for, and the index after it. */
    record Escape(String text, int end) {
    }

    /** The text without its escapes; the same text if it has none. */
    static MappedText undo(MappedText source) {
        String text = source.text();
        return IntStream.range(0, text.length()).anyMatch(i -> read(text, i) != null) ? rewrite(source, text) : source;
    }

    private static MappedText rewrite(MappedText source, String text) {
        Rewrite out = new Rewrite(source);
        int i = 0;
        while (i < text.length()) {
            Escape escape = read(text, i);
            if (escape == null) {
                out.put(text.charAt(i), i, i + 1);
                i++;
            } else {
                out.put(escape.text, i, escape.end);
                i = escape.end;
            }
        }
        return out.done();
    }

    /** The escape at an index, or null. */
    static Escape read(String text, int at) {
        return switch (text.charAt(at)) {
            case '&' -> reference(text, at + 1);
            case '%' -> percent(text, at);
            case '\\' -> backslash(text, at + 1);
            default -> null;
        };
    }

    private static Escape reference(String text, int at) {
        if (at < text.length() && text.charAt(at) == '#') {
            return numeric(text, at + 1);
        }
        int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_NAME + 1));
        String meaning = end < 0 ? null : NAMED.get(text.substring(at, end));
        return meaning == null ? null : new Escape(meaning, end + 1);
    }

    private static Escape numeric(String text, int at) {
        boolean hex = at < text.length() && (text.charAt(at) | 0x20) == 'x';
        int from = hex ? at + 1 : at;
        int end = digits(text, from, hex ? 16 : 10, 8);
        if (end == from) {
            return null;
        }
        int after = end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
        return codePoint(text, from, end, hex ? 16 : 10, after);
    }

    private static Escape backslash(String text, int at) {
        if (at >= text.length()) {
            return null;
        }
        return switch (text.charAt(at)) {
            case 'n', 'r' -> new Escape("\n", at + 1);
            case 't' -> new Escape(" ", at + 1);
            case 'x' -> exactly(text, at + 1, 2);
            case 'u' -> exactly(text, at + 1, 4);
            default -> null;
        };
    }

    private static Escape exactly(String text, int from, int count) {
        int end = digits(text, from, 16, count);
        return end == from + count ? codePoint(text, from, end, 16, end) : null;
    }

    private static Escape codePoint(String text, int from, int end, int radix, int after) {
        int value = Integer.parseInt(text, from, end, radix);
        return Character.isValidCodePoint(value) && value != 0 ? new Escape(Character.toString(value), after) : null;
    }

    private static int digits(String text, int from, int radix, int most) {
        int end = from;
        int limit = Math.min(text.length(), from + (radix == 16 && most == 8 ? 7 : most));
        while (end < limit && Character.digit(text.charAt(end), radix) >= 0 && text.charAt(end) < 128) {
            end++;
        }
        return end;
    }

    private static Escape percent(String text, int at) {
        int first = octet(text, at);
        int length = utf8Length(first);
        if (first <= 0 || length == 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        for (int k = 0; k < length; k++) {
            bytes[k] = (byte) octet(text, at + 3 * k);
        }
        try {
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Escape(decoded, at + 3 * length);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int octet(String text, int at) {
        boolean there = at + 2 < text.length() && text.charAt(at) == '%' && digits(text, at + 1, 16, 2) == at + 3;
        return there ? Integer.parseInt(text, at + 1, at + 3, 16) : -1;
    }

    private static int utf8Length(int first) {
        if (first < 0x80) {
            return 1;
        }
        return first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    }
}
