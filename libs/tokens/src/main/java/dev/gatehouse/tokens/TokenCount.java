package dev.gatehouse.tokens;

/**
 * A number of tokens.
 *
 * @param tokens   what to charge or reserve
 * @param exact    whether this is what the model's own tokenizer says; else an estimate
 * @param measured what was measured before any correction learned from reported usage; {@link TokenCounter#learnInput} wants it back
 */
public record TokenCount(long tokens, boolean exact, long measured) {

    public static final TokenCount ZERO = exact(0);

    public static TokenCount exact(long tokens) {
        return new TokenCount(tokens, true, tokens);
    }

    public static TokenCount estimate(long tokens) {
        return new TokenCount(tokens, false, tokens);
    }

    public TokenCount plus(TokenCount other) {
        return new TokenCount(tokens + other.tokens, exact && other.exact, measured + other.measured);
    }
}
