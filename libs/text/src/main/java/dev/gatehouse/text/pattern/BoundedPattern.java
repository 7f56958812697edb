package dev.gatehouse.text.pattern;

import com.google.re2j.Pattern;
import dev.gatehouse.text.stream.GrowingText;

/**
 * A pattern that is looked for in growing texts. A match that would be longer than the bound is cut there, where the pattern also
 * matches what is left, else it is none. Immutable.
 */
public final class BoundedPattern {

    private final Pattern pattern;
    private final Outline outline;
    private final int longest;

    private BoundedPattern(Pattern pattern, int longest) {
        this.pattern = pattern;
        this.longest = longest;
        outline = Outline.of(pattern);
    }

    /** @param longest match, in UTF-16 units */
    public static BoundedPattern of(Pattern pattern, int longest) {
        return new BoundedPattern(pattern, longest);
    }

    /** The matches in a text, from what is known of it on. */
    public Matches in(GrowingText text) {
        return new Matches(this, text);
    }

    Pattern pattern() {
        return pattern;
    }

    int longest() {
        return longest;
    }

    OpenMatches openMatches() {
        return outline.follow(longest);
    }
}
