package dev.gatehouse.text.secret;

import java.util.Locale;
import java.util.function.IntPredicate;

/** Measures that tell a generated value from a word or a name. Every measure is one pass. */
final class Randomness {

    private static final int ASCII = 128;
    private static final int LONG_CONSONANT_RUN = 5;
    private static final double MIXED = 0.22;

    private Randomness() {
    }

    /** Shannon entropy of the value's characters, in bits per character. */
    static double entropy(String value) {
        int[] counts = new int[ASCII];
        for (int i = 0; i < value.length(); i++) {
            counts[Math.min(value.charAt(i), ASCII - 1)]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }

    /** Whether letters, digits and cases alternate as in a generated value, or, cannot be pronounced. */
    static boolean looksGenerated(String value) {
        boolean mixed = count(value, Character::isDigit) > 0 && transitions(value) >= MIXED * value.length();
        return mixed || longestConsonantRun(value) >= LONG_CONSONANT_RUN;
    }

    /** Whether the value has nothing but hexadecimal digits, both letters and figures among them. */
    static boolean isHex(String value) {
        int digits = count(value, Character::isDigit);
        return digits > 0 && digits < value.length() && count(value, c -> Character.digit(c, 16) >= 0) == value.length();
    }

    static int count(String value, IntPredicate test) {
        return (int) value.chars().filter(test).count();
    }

    /** How often neighbouring letters and digits are of different classes (lower, upper, digit). */
    private static int transitions(String value) {
        int changes = 0;
        for (int i = 1; i < value.length(); i++) {
            int before = classOf(value.charAt(i - 1));
            int here = classOf(value.charAt(i));
            if (before != here && before > 0 && here > 0) {
                changes++;
            }
        }
        return changes;
    }

    private static int classOf(char c) {
        if (c >= 'a' && c <= 'z') {
            return 1;
        }
        if (c >= 'A' && c <= 'Z') {
            return 2;
        }
        return c >= '0' && c <= '9' ? 3 : 0;
    }

    private static int longestConsonantRun(String value) {
        int longest = 0;
        int run = 0;
        for (char c : value.toLowerCase(Locale.ROOT).toCharArray()) {
            run = c >= 'a' && c <= 'z' && "aeiouy".indexOf(c) < 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
