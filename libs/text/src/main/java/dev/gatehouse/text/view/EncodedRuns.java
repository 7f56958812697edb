package dev.gatehouse.text.view;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds runs of base64 (standard and URL-safe alphabet, padding optional, line breaks allowed in long ones) and hex digits that decode
 * to text.
 */
final class EncodedRuns {

    /** Shorter runs are left alone: 12 base64 characters hold 9 letters. */
    static final int SHORTEST = 12;
    private static final int SHORTEST_LINE = 40;

    private EncodedRuns() {
    }

    static List<Payload> find(String text) {
        List<Payload> found = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = runEnd(text, i);
            if (end - i >= SHORTEST) {
                decode(text, i, end).ifPresent(found::add);
            }
            i = Math.max(end, i + 1);
        }
        return found;
    }

    private static Optional<Payload> decode(String text, int from, int to) {
        return hex(text, from, to).or(() -> base64(text, from, to));
    }

    private static int runEnd(String text, int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean wrapped = isBreak(c) && end - from >= SHORTEST_LINE && nextLineGoesOn(text, end);
            if (!isDigit(c) && !wrapped) {
                return c == '=' ? paddingEnd(text, end) : end;
            }
            end++;
        }
        return end;
    }

    private static int paddingEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end < from + 2 && text.charAt(end) == '=') {
            end++;
        }
        return end;
    }

    private static boolean nextLineGoesOn(String text, int at) {
        int next = at;
        while (next < text.length() && next < at + 2 && isBreak(text.charAt(next))) {
            next++;
        }
        int end = next;
        while (end < text.length() && end < next + 4 && isDigit(text.charAt(end))) {
            end++;
        }
        return end == next + 4;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '-' || c == '_';
    }

    private static Optional<Payload> hex(String text, int from, int to) {
        int start = text.startsWith("0x", from) || text.startsWith("0X", from) ? from + 2 : from;
        int end = start;
        while (end < to && HexFormat.isHexDigit(text.charAt(end))) {
            end++;
        }
        int even = end - (end - start) % 2;
        if (end != to || even - start < SHORTEST) {
            return Optional.empty();
        }
        byte[] bytes = HexFormat.of().parseHex(text, start, even);
        return Octets.text(bytes, bytes.length).map(decoded -> Payload.of(View.Kind.HEX, decoded, from, to));
    }

    private static Optional<Payload> base64(String text, int from, int to) {
        StringBuilder digits = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c != '=' && !isBreak(c)) {
                digits.append(c == '-' ? '+' : c == '_' ? '/' : c);
            }
        }
        if (digits.length() % 4 == 1) {
            digits.setLength(digits.length() - 1);
        }
        byte[] bytes = Base64.getDecoder().decode(digits.toString());
        return Octets.text(bytes, bytes.length).map(decoded -> Payload.of(View.Kind.BASE64, decoded, from, to));
    }
}
