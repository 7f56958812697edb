package dev.gatehouse.policy.guard;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/** What a rule looks for. */
public sealed interface Detection {

    /** Score from which a finding counts where a rule does not say: what is more likely right than wrong. */
    default double defaultMinimumScore() {
        return 0.5;
    }

    /**
     * Personal data.
     *
     * @param entities entities to look for, e.g. {@code EMAIL}; all when absent
     * @param regions  ISO 3166 regions (two capital letters) whose phone numbers are read without a country code
     * @param custom   the user's own entities
     */
    record Pii(List<String> entities, List<@io.fabric8.generator.annotation.Pattern("^[A-Z]{2}$") String> regions, List<CustomEntity> custom) implements Detection {
        public Pii {
            for (int i = 0; i < regions.size(); i++) {
                InvalidField.check(regions.get(i).matches("[A-Z]{2}"), "regions[" + i + "]", "must be two capital letters, as US");
            }
        }
    }

    /**
     * A user's own entity.
     *
     * @param name    category in findings and placeholders: A-Z, 0-9 and {@code _}
     * @param pattern RE2 syntax, at most 4,096 characters; does not match the empty text
     * @param context words near by that raise the score; without one of them the score is lower, where some are given
     */
    record CustomEntity(
            @Required @io.fabric8.generator.annotation.Pattern("^[A-Z][A-Z0-9_]{0,62}$") String name, @Required @Size(min = 1, max = 4096) String pattern, List<String> context) {
        public CustomEntity {
            InvalidField.check(InvalidField.required("name", name).matches("[A-Z][A-Z0-9_]{0,62}"), "name",
                    "must be at most 63 of A-Z, 0-9 and _, starting with a letter");
            checkPattern(pattern);
        }
    }

    /**
     * Keys, tokens and passwords.
     *
     * @param include rules of the pack to use; all when absent
     * @param exclude rules of the pack not to use
     * @param kinds   kinds of secrets; Provider and Generic when absent
     */
    record Secrets(List<String> include, List<String> exclude, List<SecretKind> kinds) implements Detection {
        public Secrets {
            kinds = kinds.isEmpty() ? List.of(SecretKind.Provider, SecretKind.Generic) : kinds;
        }
    }

    /** What a secret is known by. */
    enum SecretKind {
        /** Its issuer's format. */ Provider,
        /** The name it is assigned to, and its randomness. */ Generic,
        /** It names an account, client or tenant: no secret alone, telling beside one. Scores 0.3 to 0.6. */ Identifier
    }

    /**
     * Signatures of prompt injection and jailbreak.
     *
     * @param categories categories of signatures to use; all when absent
     */
    record Signatures(List<String> categories) implements Detection {

        /** 0.8: what justifies blocking by itself. Weaker cues are worth reporting only, by a rule that asks for them. */
        @Override
        public double defaultMinimumScore() {
            return 0.8;
        }
    }

    /**
     * Measures of a text's shape. At least one is given; a text that exceeds any of them is found.
     *
     * @param maxEntropy        bits per character, above 0 to 16
     * @param maxInvisibleShare share of invisible characters, 0 to 1
     * @param maxRepetition     share of the text that repeats what stands before, 0 to 1
     * @param maxLength         UTF-16 units of one text
     */
    @ValidationRule(value = "has(self.maxEntropy) || has(self.maxInvisibleShare) || has(self.maxRepetition) || has(self.maxLength)",
            message = "must have at least one of maxEntropy, maxInvisibleShare, maxRepetition, maxLength")
    record Anomaly(
            @Min(value = 0, inclusive = false) @Max(16) Optional<Double> maxEntropy,
            @Min(value = 0, inclusive = false) @Max(1) Optional<Double> maxInvisibleShare,
            @Min(value = 0, inclusive = false) @Max(1) Optional<Double> maxRepetition, @Min(1) Optional<Integer> maxLength) implements Detection {
        public Anomaly {
            InvalidField.check(maxEntropy.isPresent() || maxInvisibleShare.isPresent() || maxRepetition.isPresent() || maxLength.isPresent(),
                    "", "must have at least one of maxEntropy, maxInvisibleShare, maxRepetition, maxLength");
            checkRange("maxEntropy", maxEntropy, 16);
            checkRange("maxInvisibleShare", maxInvisibleShare, 1);
            checkRange("maxRepetition", maxRepetition, 1);
            InvalidField.check(maxLength.isEmpty() || maxLength.get() > 0, "maxLength", "must be positive");
        }
    }

    /** The user's own patterns. */
    record Patterns(List<UserPattern> patterns) implements Detection {}

    /**
     * @param name    category in findings: a DNS label
     * @param pattern RE2 syntax, at most 4,096 characters; does not match the empty text
     * @param group   the capturing group that is the finding; the whole match when absent
     */
    record UserPattern(
            @Required @Size(min = 1, max = 63) @io.fabric8.generator.annotation.Pattern(Names.LABEL_PATTERN) String name,
            @Required @Size(min = 1, max = 4096) String pattern, @Min(0) Optional<Integer> group) {
        public UserPattern {
            InvalidField.check(Names.isLabel(InvalidField.required("name", name)), "name",
                    Names.LABEL_RULE);
            int groups = checkPattern(pattern);
            InvalidField.check(group.isEmpty() || group.get() >= 0 && group.get() <= groups, "group", "must be 0 to " + groups);
        }
    }

    /**
     * The user's own words and phrases.
     *
     * @param list          1 to 10,000
     * @param caseSensitive false when absent
     * @param wholeWord     whether a word must not be part of a longer one; true when absent
     */
    record Words(
            @Required @Size(min = 1, max = 10000) List<@io.fabric8.generator.annotation.Pattern(Schemas.VISIBLE) String> list, @Default("false") Boolean caseSensitive,
            @Default("true") Boolean wholeWord) implements Detection {
        public Words {
            InvalidField.check(!list.isEmpty() && list.size() <= 10_000, "list", "must have 1 to 10000 words");
            for (int i = 0; i < list.size(); i++) {
                InvalidField.check(!list.get(i).isBlank(), "list[" + i + "]", "is blank");
            }
            caseSensitive = caseSensitive != null && caseSensitive;
            wholeWord = wholeWord == null || wholeWord;
        }
    }

    private static int checkPattern(String pattern) {
        InvalidField.required("pattern", pattern);
        InvalidField.check(pattern.length() <= 4096, "pattern", "is longer than 4096 characters");
        try {
            Pattern compiled = Pattern.compile(pattern);
            InvalidField.check(!compiled.matches(""), "pattern", "matches the empty text");
            return compiled.groupCount();
        } catch (PatternSyntaxException e) {
            throw new InvalidField("pattern", "is no RE2 pattern: " + e.getDescription());
        }
    }

    private static void checkRange(String field, Optional<Double> value, double max) {
        InvalidField.check(value.isEmpty() || value.get() > 0 && value.get() <= max, field, "must be above 0, at most " + max);
    }
}
