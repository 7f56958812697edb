package dev.gatehouse.text.view;

import java.util.List;

/**
 * Runs of base64 or hexadecimal digits in a text that grows, decoded where they end. A run waits while it may be text: its first
 * {@value #PROBE} characters tell. Not thread-safe.
 */
final class GrowingRuns {

    private static final int PROBE = 64;
    private static final int LONGEST = 4096;

    private final StringBuilder run = new StringBuilder();
    private int start;
    private int read;
    private boolean dead;
    private int paddings;

    /** What a run decodes to, and where it stands. */
    record Decoded(String text, int from, int to) {
    }

    /** Reads a character; what ends before it, or with it where a run is as long as runs may be. */
    List<Decoded> read(char c) {
        int index = read++;
        boolean padding = c == '=' && run.length() > 1 && paddings < 2;
        if (padding || isDigit(c) && paddings == 0) {
            paddings += padding ? 1 : 0;
            return add(c, index);
        }
        List<Decoded> decoded = end();
        if (isDigit(c)) {
            add(c, index);
        }
        return decoded;
    }

    /** Ends the run. */
    List<Decoded> end() {
        List<Decoded> decoded = dead ? List.of() : decode();
        run.setLength(0);
        dead = false;
        paddings = 0;
        return decoded;
    }

    /** Where the run begins that may be decoded, or what has been read. */
    int done() {
        return run.isEmpty() || dead ? read : start;
    }

    private List<Decoded> add(char c, int index) {
        start = run.isEmpty() ? index : start;
        if (dead) {
            return List.of();
        }
        run.append(c);
        if (run.length() == LONGEST) {
            dead = true;
            return decode();
        }
        dead = run.length() == PROBE && decode().isEmpty();
        return List.of();
    }

    private List<Decoded> decode() {
        if (run.length() < EncodedRuns.SHORTEST) {
            return List.of();
        }
        return EncodedRuns.find(run.toString()).stream()
                .map(payload -> new Decoded(payload.decoded().text(), start, start + run.length())).toList();
    }

    private static boolean isDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_';
    }
}
