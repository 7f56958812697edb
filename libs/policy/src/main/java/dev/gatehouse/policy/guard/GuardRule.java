package dev.gatehouse.policy.guard;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule of a guard; exactly one of {@code pii}, {@code secrets}, {@code signatures}, {@code anomaly}, {@code patterns} and
 * {@code words} says what it looks for.
 *
 * @param name         DNS label, unique in the policy
 * @param action       what it does with what it finds
 * @param mode         Shadow makes this rule only report; as the policy when absent
 * @param reads        which texts of the prompt it reads
 * @param maskStyle    only with Mask; Placeholder when absent
 * @param minimumScore findings below do not count, 0 to 1; 0.8 for signatures and 0.5 for all others when absent
 * @param patterns     1 to 256 where given
 */
@ValidationRule(value = GuardRule.EXACTLY_ONE, message = "must have exactly one of pii, secrets, signatures, anomaly, patterns, words")
@ValidationRule(value = "!has(self.maskStyle) || self.action == 'Mask'", fieldPath = ".maskStyle", message = "is only for action Mask")
@ValidationRule(value = "!has(self.anomaly) || self.action != 'Mask'", fieldPath = ".action",
        message = "cannot be Mask for anomaly, which is about the whole text")
public record GuardRule(
        @Required @Size(min = 1, max = 63) @Pattern(Names.LABEL_PATTERN) String name, @Required RuleAction action, Optional<Mode> mode,
        Reads reads, Optional<MaskStyle> maskStyle, @Min(0) @Max(1) Optional<Double> minimumScore,
        Optional<Detection.Pii> pii, Optional<Detection.Secrets> secrets, Optional<Detection.Signatures> signatures,
        Optional<Detection.Anomaly> anomaly, @Size(max = 256) List<Detection.UserPattern> patterns, Optional<Detection.Words> words) {

    static final String EXACTLY_ONE = "[has(self.pii), has(self.secrets), has(self.signatures), has(self.anomaly), "
            + "has(self.patterns) && size(self.patterns) > 0, has(self.words)].filter(given, given).size() == 1";

    public GuardRule {
        InvalidField.check(Names.isLabel(InvalidField.required("name", name)), "name", Names.LABEL_RULE);
        InvalidField.required("action", action);
        reads = (reads == null ? Reads.DEFAULT : reads).forAction(action);
        InvalidField.check(minimumScore.isEmpty() || minimumScore.get() >= 0 && minimumScore.get() <= 1, "minimumScore", "must be 0 to 1");
        InvalidField.check(maskStyle.isEmpty() || action == RuleAction.Mask, "maskStyle", "is only for action Mask");
        InvalidField.check(anomaly.isEmpty() || action != RuleAction.Mask, "action", "cannot be Mask for anomaly, which is about the whole text");
        InvalidField.check(patterns.size() <= 256, "patterns", "must be at most 256");
        long given = given(pii, secrets, signatures, anomaly, patterns, words).count();
        InvalidField.check(given == 1, "", "must have exactly one of pii, secrets, signatures, anomaly, patterns, words; has " + given);
    }

    /** What the rule looks for. */
    public Detection detection() {
        return given(pii, secrets, signatures, anomaly, patterns, words).findFirst().orElseThrow();
    }

    /** The score from which findings count: 0.8 for signatures and 0.5 for the others, where the rule does not say. */
    public double minimumScoreOrDefault() {
        return minimumScore.orElse(detection().defaultMinimumScore());
    }

    /** How the rule masks. */
    public MaskStyle maskStyleOrDefault() {
        return maskStyle.orElse(MaskStyle.Placeholder);
    }

    /** The rule's mode in a policy of that mode: a shadowed policy shadows all its rules. */
    public Mode modeIn(Mode policyMode) {
        return policyMode == Mode.Shadow ? Mode.Shadow : mode.orElse(policyMode);
    }

    private static Stream<Detection> given(
            Optional<Detection.Pii> pii, Optional<Detection.Secrets> secrets, Optional<Detection.Signatures> signatures,
            Optional<Detection.Anomaly> anomaly, List<Detection.UserPattern> patterns, Optional<Detection.Words> words) {
        Stream<Optional<? extends Detection>> members = Stream.of(pii, secrets, signatures, anomaly,
                patterns.isEmpty() ? Optional.empty() : Optional.of(new Detection.Patterns(patterns)), words);
        return members.flatMap(Optional::stream);
    }
}
