package dev.gatehouse.text.secret;

/** Tells a generated token of unknown make from names, words, numbers and code. */
final class TokenShape {

    private static final int SHORTEST = 16;
    private static final int LOOSE_SHORTEST = 20;
    private static final int LEAST_DIGITS = 2;
    private static final double BITS = 3.0;

    private TokenShape() {
    }

    /** @param loose no sign of assignment stands before the value, so it must be longer */
    static boolean isToken(String value, boolean loose) {
        return value.length() >= (loose ? LOOSE_SHORTEST : SHORTEST) && value.chars().allMatch(c -> Runs.isTokenCharacter((char) c))
                && isGenerated(value);
    }

    /** Whether letters and figures mix as in a generated value. */
    static boolean isGenerated(String value) {
        return Randomness.count(value, Character::isLetter) > 0 && Randomness.count(value, Character::isDigit) >= LEAST_DIGITS
                && Randomness.entropy(value) >= BITS && Randomness.looksGenerated(value) && !DummyValues.isDummy(value);
    }
}
