package dev.gatehouse.llm.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escapes and unescapes the inside of JSON strings (RFC 8259, section 7). The bytes given were checked by the parser before. */
final class JsonStrings {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonStrings() {}

    /** The offset of the closing quote of the string whose inside starts at {@code from}, or {@code bytes.length} if there is none. */
    static int closingQuote(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, bytes.length);
    }

    /** The text between two offsets. A lone surrogate that was escaped stays one. */
    static String decode(byte[] bytes, int from, int to) {
        int escape = indexOfEscape(bytes, from, to);
        return escape == to ? new String(bytes, from, to - from, StandardCharsets.UTF_8) : unescape(bytes, from, escape, to);
    }

    /** Whether the escaped bytes spell that ASCII name. Most keys differ in their first bytes, so nothing is decoded for them. */
    static boolean spells(byte[] bytes, int from, int to, String name) {
        int common = Math.min(to - from, name.length());
        for (int i = 0; i < common; i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return bytes[from + i] == '\\' && decode(bytes, from, to).equals(name);
            }
        }
        return to - from == name.length();
    }

    private static int indexOfEscape(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    private static String unescape(byte[] bytes, int from, int firstEscape, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        int escape = firstEscape;
        while (escape < to) {
            text.append(new String(bytes, plain, escape - plain, StandardCharsets.UTF_8));
            text.append(escaped(bytes, escape));
            plain = escape + escapeLength(bytes, escape);
            escape = indexOfEscape(bytes, plain, to);
        }
        return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8)).toString();
    }

    private static int escapeLength(byte[] bytes, int escape) {
        return bytes[escape + 1] == 'u' ? 6 : 2;
    }

    private static char escaped(byte[] bytes, int escape) {
        return switch (bytes[escape + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex(bytes, escape + 2);
            default -> (char) bytes[escape + 1];
        };
    }

    private static char hex(byte[] bytes, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            value = value << 4 | Character.digit(bytes[i], 16);
        }
        return (char) value;
    }

    /** The inside of a JSON string for that text, in UTF-8; lone surrogates are escaped, as UTF-8 cannot hold them. */
    static byte[] encode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text, i)) {
                out.writeBytes(text.substring(plain, i).getBytes(StandardCharsets.UTF_8));
                escape(text.charAt(i), out);
                plain = i + 1;
            } else if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        out.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static boolean needsEscape(String text, int at) {
        char c = text.charAt(at);
        return c < 0x20 || c == '"' || c == '\\' || isLoneSurrogate(text, at);
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        return Character.isLowSurrogate(c) || Character.isHighSurrogate(c) && !startsPair(text, at);
    }

    private static boolean startsPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private static void escape(char c, ByteArrayOutputStream out) {
        out.write('\\');
        switch (c) {
            case '"', '\\' -> out.write(c);
            case '\n' -> out.write('n');
            case '\r' -> out.write('r');
            case '\t' -> out.write('t');
            default -> {
                out.write('u');
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.write(HEX[c >> shift & 0xf]);
                }
            }
        }
    }

    /** The text with every lone surrogate as U+FFFD, which takes as many bytes in UTF-8 as {@link #sourceOffset} counts for it. */
    static byte[] innerBytes(String text) {
        StringBuilder sound = new StringBuilder(text);
        for (int i = 0; i < sound.length(); i++) {
            if (startsPair(text, i) && Character.isHighSurrogate(text.charAt(i))) {
                i++;
            } else if (isLoneSurrogate(text, i)) {
                sound.setCharAt(i, '\uFFFD');
            }
        }
        return sound.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where, in the escaped bytes from {@code from} on, the byte number {@code innerOffset} of the unescaped text comes from. */
    static int sourceOffset(byte[] bytes, int from, int innerOffset) {
        int at = from;
        int inner = 0;
        while (inner < innerOffset) {
            if (bytes[at] != '\\') {
                at++;
                inner++;
            } else if (isEscapedPair(bytes, at)) {
                at += 12;
                inner += 4;
            } else {
                inner += utf8Length(escaped(bytes, at));
                at += escapeLength(bytes, at);
            }
        }
        return at;
    }

    private static boolean isEscapedPair(byte[] bytes, int at) {
        return at + 12 <= bytes.length && bytes[at + 1] == 'u' && bytes[at + 6] == '\\' && bytes[at + 7] == 'u'
                && Character.isSurrogatePair(hex(bytes, at + 2), hex(bytes, at + 8));
    }

    private static int utf8Length(char c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
}
