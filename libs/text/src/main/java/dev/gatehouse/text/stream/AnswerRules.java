package dev.gatehouse.text.stream;

import dev.gatehouse.text.Finding;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Several rules over one text. Immutable; each text has an {@link AnswerStream} of its own.
 *
 * @param rules       in any order
 * @param replacement what stands in the place of a masked finding
 */
public record AnswerRules(List<AnswerRule> rules, Function<Finding, String> replacement) {

    public AnswerRules {
        rules = List.copyOf(rules);
    }

    /** Rules that mask as {@code [REDACTED_TYPE]}. */
    public static AnswerRules redacting(List<AnswerRule> rules) {
        return new AnswerRules(rules, AnswerRules::redacted);
    }

    /** {@code [REDACTED_TYPE]}, the type being the finding's category in capitals, digits and underscores. */
    public static String redacted(Finding finding) {
        return "[REDACTED_" + finding.category().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "]";
    }

    /** A stream at the start of a text. */
    public AnswerStream open() {
        return new AnswerStream(this);
    }

    /** A whole text: what would be released of it, however it were cut. */
    public AnswerStream.Released whole(String text) {
        AnswerStream stream = open();
        return stream.feed(text).and(stream.end());
    }
}
