package dev.gatehouse.policy.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Words and patterns that an expression asks for by name: {@code keywords["legal"]} is true where one of them is in the text.
 *
 * @param name     what expressions call them: a-z, 0-9 and {@code _}, unique in the policy
 * @param words    whole words, any case
 * @param patterns RE2, any case
 */
@ValidationRule(value = "has(self.words) && size(self.words) > 0 || has(self.patterns) && size(self.patterns) > 0", fieldPath = ".words",
        message = "or patterns: one of them is needed")
@ValidationRule(value = "(has(self.words) ? size(self.words) : 0) + (has(self.patterns) ? size(self.patterns) : 0) <= 1000", fieldPath = ".words",
        message = "and patterns must be at most 1000 together")
public record Keywords(
        @Required @io.fabric8.generator.annotation.Pattern("^[a-z][a-z0-9_]{0,62}$") String name, @Size(max = 1000) List<@Size(min = 1, max = 128) @io.fabric8.generator.annotation.Pattern(Schemas.VISIBLE) String> words,
        @Size(max = 1000) List<@Size(max = 512) String> patterns) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public Keywords {
        InvalidField.check(NAME.matches(InvalidField.required("name", name)), "name", "must be a-z, 0-9 and _, at most 63, a letter first");
        InvalidField.check(!words.isEmpty() || !patterns.isEmpty(), "words", "or patterns: one of them is needed");
        InvalidField.check(words.size() + patterns.size() <= 1_000, "words", "and patterns must be at most 1000 together");
        for (int i = 0; i < words.size(); i++) {
            InvalidField.check(!words.get(i).isBlank() && words.get(i).length() <= 128, "words[" + i + "]", "must have 1 to 128 characters");
        }
        for (int i = 0; i < patterns.size(); i++) {
            checkPattern("patterns[" + i + "]", patterns.get(i));
        }
    }

    private static void checkPattern(String field, String pattern) {
        InvalidField.check(pattern.length() <= 512, field, "must be at most 512 characters");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new InvalidField(field, "is no RE2 pattern: " + e.getDescription());
        }
    }
}
