package dev.gatehouse.policy.risk;

import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.guard.Detection;
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
 * One rule on answers; exactly one of the members from {@code pii} on says what it looks for.
 *
 * @param name         DNS label, unique in the policy
 * @param action       what it does with what it finds
 * @param mode         Shadow makes this rule only report; as the policy when absent
 * @param parts        which texts of an answer it reads; all when absent
 * @param maxLength    longest match in a stream, 16 to 4,096 code points; 256 when absent. What is longer is found only as far as this
 * @param minimumScore findings below do not count, 0 to 1; 0.5 when absent
 * @param patterns     1 to 256 where given
 */
@ValidationRule(value = RiskRule.EXACTLY_ONE, message = "must have exactly one of pii, secrets, patterns, words, systemPromptLeak, canaries, "
        + "exfiltration, commands, content, moderation, jsonSchema, answerLength, repetition")
@ValidationRule(value = "self.action != 'Mask' || !has(self.jsonSchema) && !has(self.answerLength) && !has(self.repetition)", fieldPath = ".action",
        message = "cannot be Mask for jsonSchema, answerLength and repetition, which are about the whole text")
public record RiskRule(
        @Required @Size(min = 1, max = 63) @Pattern(Names.LABEL_PATTERN) String name, @Required RiskAction action, Optional<Mode> mode,
        List<AnswerPart> parts, @Min(16) @Max(4096) Optional<Integer> maxLength, @Min(0) @Max(1) Optional<Double> minimumScore,
        Optional<Detection.Pii> pii, Optional<Detection.Secrets> secrets, @Size(max = 256) List<Detection.UserPattern> patterns, Optional<Detection.Words> words,
        Optional<RiskDetection.SystemPromptLeak> systemPromptLeak, Optional<RiskDetection.Canaries> canaries,
        Optional<RiskDetection.Exfiltration> exfiltration, Optional<RiskDetection.Commands> commands, Optional<RiskDetection.Content> content,
        Optional<RiskDetection.Moderation> moderation, Optional<RiskDetection.JsonSchema> jsonSchema,
        Optional<RiskDetection.AnswerLength> answerLength, Optional<RiskDetection.Repetition> repetition) {

    static final String EXACTLY_ONE = "[has(self.pii), has(self.secrets), has(self.patterns) && size(self.patterns) > 0, has(self.words), "
            + "has(self.systemPromptLeak), has(self.canaries), has(self.exfiltration), has(self.commands), has(self.content), has(self.moderation), "
            + "has(self.jsonSchema), has(self.answerLength), has(self.repetition)].filter(given, given).size() == 1";
    private static final int DEFAULT_MAX_LENGTH = 256;
    private static final String DETECTIONS = "pii, secrets, patterns, words, systemPromptLeak, canaries, exfiltration, commands, content, "
            + "moderation, jsonSchema, answerLength, repetition";

    public RiskRule {
        InvalidField.check(Names.isLabel(InvalidField.required("name", name)), "name", Names.LABEL_RULE);
        InvalidField.required("action", action);
        parts = parts.isEmpty() ? List.of(AnswerPart.values()) : parts;
        InvalidField.check(maxLength.isEmpty() || maxLength.get() >= 16 && maxLength.get() <= 4_096, "maxLength", "must be 16 to 4096 code points");
        InvalidField.check(minimumScore.isEmpty() || minimumScore.get() >= 0 && minimumScore.get() <= 1, "minimumScore", "must be 0 to 1");
        InvalidField.check(patterns.size() <= 256, "patterns", "must be at most 256");
        List<RiskDetection> given = given(pii, secrets, patterns, words, systemPromptLeak, canaries, exfiltration, commands, content, moderation,
                jsonSchema, answerLength, repetition);
        InvalidField.check(given.size() == 1, "", "must have exactly one of " + DETECTIONS + "; has " + given.size());
        InvalidField.check(action != RiskAction.Mask || given.getFirst().findsPlaces(), "action",
                "cannot be Mask for jsonSchema, answerLength and repetition, which are about the whole text");
    }

    /** What the rule looks for. */
    public RiskDetection detection() {
        return given(pii, secrets, patterns, words, systemPromptLeak, canaries, exfiltration, commands, content, moderation, jsonSchema,
                answerLength, repetition).getFirst();
    }

    /** The score from which findings count, 0.5 where the rule does not say. */
    public double minimumScoreOrDefault() {
        return minimumScore.orElse(detection().defaultMinimumScore());
    }

    /** Code points of the longest match in a stream. */
    public int maxLengthOrDefault() {
        return maxLength.orElse(DEFAULT_MAX_LENGTH);
    }

    /** The rule's mode in a policy of that mode: a shadowed policy shadows all its rules. */
    public Mode modeIn(Mode policyMode) {
        return policyMode == Mode.Shadow ? Mode.Shadow : mode.orElse(policyMode);
    }

    private static List<RiskDetection> given(
            Optional<Detection.Pii> pii, Optional<Detection.Secrets> secrets, List<Detection.UserPattern> patterns, Optional<Detection.Words> words,
            Optional<RiskDetection.SystemPromptLeak> leak, Optional<RiskDetection.Canaries> canaries,
            Optional<RiskDetection.Exfiltration> exfiltration, Optional<RiskDetection.Commands> commands, Optional<RiskDetection.Content> content,
            Optional<RiskDetection.Moderation> moderation, Optional<RiskDetection.JsonSchema> jsonSchema,
            Optional<RiskDetection.AnswerLength> answerLength, Optional<RiskDetection.Repetition> repetition) {
        Stream<Optional<? extends Detection>> shared = Stream.of(pii, secrets,
                patterns.isEmpty() ? Optional.empty() : Optional.of(new Detection.Patterns(patterns)), words);
        Stream<Optional<? extends RiskDetection>> own = Stream.of(leak, canaries, exfiltration, commands, content, moderation, jsonSchema,
                answerLength, repetition);
        return Stream.concat(shared.flatMap(Optional::stream).map(RiskDetection.Shared::new), own.flatMap(Optional::stream))
                .<RiskDetection>map(detection -> detection).toList();
    }
}
