package dev.gatehouse.text.secret;

import java.util.function.IntPredicate;

/** Tells a password from words, references and code. */
final class PasswordShape {

    private static final int SHORTEST = 6;
    private static final int LONGEST = 64;
    private static final IntPredicate SYMBOLS = c -> "!@#$%^&*+=?~".indexOf(c) >= 0;
    private static final String CODE = "()[]{}|";

    private PasswordShape() {
    }

    static boolean isPassword(String value, boolean quoted) {
        return value.length() >= SHORTEST && value.length() <= LONGEST && !isCode(value) && !DummyValues.isDummy(value)
                && Randomness.entropy(value) >= 2 && (isMixed(value) || quoted && isUnpronounceable(value));
    }

    private static boolean isCode(String value) {
        return value.chars().anyMatch(c -> CODE.indexOf(c) >= 0) || value.contains("->") || value.contains("://")
                || value.contains("/") || isReference(value);
    }

    /** {@code $name} anywhere, or a dotted name. */
    private static boolean isReference(String value) {
        int dollar = value.indexOf('$');
        boolean variable = dollar >= 0 && dollar + 1 < value.length() && Character.isLetter(value.charAt(dollar + 1));
        boolean joined = value.indexOf('.') > 0 || value.indexOf('_') > 0 || value.indexOf('-') > 0;
        return variable || joined && value.chars().allMatch(c -> Character.isLetter(c) || c == '.' || c == '_' || c == '-');
    }

    /** Letters with figures, or letters of both cases with a symbol. */
    private static boolean isMixed(String value) {
        boolean letters = Randomness.count(value, Character::isLetter) > 0;
        boolean cases = Randomness.count(value, Character::isUpperCase) > 0 && Randomness.count(value, Character::isLowerCase) > 0;
        return letters && (Randomness.count(value, Character::isDigit) > 0 || cases && Randomness.count(value, SYMBOLS) > 0);
    }

    private static boolean isUnpronounceable(String value) {
        return value.chars().allMatch(Character::isLetter) && Randomness.looksGenerated(value);
    }
}
