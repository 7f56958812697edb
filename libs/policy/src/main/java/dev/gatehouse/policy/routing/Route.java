package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.Names;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * One class of requests, and where they go.
 *
 * @param name        a DNS label
 * @param description what belongs there, for people and for a decider; at most 1,024 characters
 * @param examples    utterances that belong there; a route without any is chosen by {@code when} alone
 * @param negatives   utterances that look as if they belonged there, and do not
 * @param threshold   the score from which on the classifier is sure of it, 0 to 1; fitted on the examples when absent
 * @param when        CEL that has to be true too
 * @param priority    -1,000 to 1,000; of routes that are true at the same time the highest is chosen, 0 when absent. Routes without
 *                    examples come before the classifier's where their priority is not lower
 * @param target      where its requests go
 */
@ValidationRule(value = "has(self.examples) && size(self.examples) > 0 || has(self.when)", fieldPath = ".examples",
        message = "or when: one of them is needed")
public record Route(
        @Required @Size(min = 1, max = 63) @Pattern(Names.LABEL_PATTERN) String name, @Size(max = 1024) String description,
        @Size(max = 20000) List<@Size(min = 1, max = 8192) @Pattern(Schemas.VISIBLE) String> examples,
        @Size(max = 20000) List<@Size(min = 1, max = 8192) @Pattern(Schemas.VISIBLE) String> negatives,
        @Min(0) @Max(1) Optional<Double> threshold, Optional<String> when, @Default("0") @Min(-1000) @Max(1000) Integer priority,
        @Required Target target) {

    private static final int MAX_TEXT = 8_192;

    public Route {
        InvalidField.check(Names.isLabel(InvalidField.required("name", name)), "name", Names.LABEL_RULE);
        description = description == null ? "" : description;
        priority = priority == null ? Integer.valueOf(0) : priority;
        InvalidField.required("target", target);
        InvalidField.check(description.length() <= 1_024, "description", "must be at most 1024 characters");
        InvalidField.check(!examples.isEmpty() || when.isPresent(), "examples", "or when: one of them is needed");
        InvalidField.check(threshold.isEmpty() || threshold.get() >= 0 && threshold.get() <= 1, "threshold", "must be 0 to 1");
        InvalidField.check(priority >= -1_000 && priority <= 1_000, "priority", "must be -1000 to 1000");
        InvalidField.check(negatives.size() <= 20_000, "negatives", "must be at most 20000");
        checkTexts("examples", examples);
        checkTexts("negatives", negatives);
    }

    private static void checkTexts(String field, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            boolean fits = !texts.get(i).isBlank() && texts.get(i).length() <= MAX_TEXT;
            InvalidField.check(fits, field + "[" + i + "]", "must have 1 to " + MAX_TEXT + " characters");
        }
    }

    /** Whether the classifier is asked for it. */
    public boolean isClassified() {
        return !examples.isEmpty();
    }
}
