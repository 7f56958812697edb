package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Prompts whose right answer changes with time, told by words such as "today" and "latest".
 *
 * @param ttl   how long their answers are kept, 1 s to 1 day; without, they are not cached
 * @param words more words or phrases that tell them, in any case; 1 to 100 characters each, at most 1,000
 */
public record TimeDependent(
        @ValidationRule(value = "duration(self) >= duration('1s') && duration(self) <= duration('24h')", message = "must be 1s to 24h") Optional<Duration> ttl,
        @Size(max = 1000) List<@Size(min = 1, max = 100) @Pattern(Schemas.VISIBLE) String> words) {

    public static final TimeDependent DEFAULT = new TimeDependent(Optional.empty(), List.of());

    public TimeDependent {
        boolean inRange = ttl.filter(time -> !Durations.within(time, "1s", "24h")).isEmpty();
        InvalidField.check(inRange, "ttl", "must be 1s to 24h");
        InvalidField.check(words.size() <= 1_000, "words", "are more than 1000");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            InvalidField.check(!word.isBlank() && word.length() <= 100, "words[" + i + "]", "must have 1 to 100 characters");
        }
    }
}
