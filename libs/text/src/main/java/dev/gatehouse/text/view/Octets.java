package dev.gatehouse.text.view;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells text from other bytes. */
final class Octets {

    private static final int SHORTEST = 6;

    private Octets() {
    }

    /** The bytes as UTF-8 text, if that is what they are: at least 6 characters, at most one in 16 unprintable or broken. */
    static Optional<String> text(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        long odd = text.chars().filter(Octets::isOdd).count();
        return text.length() >= SHORTEST && odd * 16 <= text.length() ? Optional.of(text) : Optional.empty();
    }

    private static boolean isOdd(int c) {
        return c == 0xFFFD || c == 0x7F || (c < ' ' && c != '\n' && c != '\r' && c != '\t') || (c >= 0x80 && c < 0xA0);
    }
}
