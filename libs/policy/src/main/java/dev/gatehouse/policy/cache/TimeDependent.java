package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.InvalidField;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Prompts whose right answer changes with time, told by words such as "today" and "latest".
 *
 * @param ttl   how long their answers are kept, 1 s to 1 day; without, they are not cached
 * @param words more words or phrases that tell them, in any case; 1 to 100 characters each, at most 1,000
 */
public record TimeDependent(Optional<Duration> ttl, List<String> words) {

    public static final TimeDependent DEFAULT = new TimeDependent(Optional.empty(), List.of());

    public TimeDependent {
        boolean inRange = ttl.filter(time -> time.toSeconds() < 1 || time.toDays() > 1).isEmpty();
        InvalidField.check(inRange, "ttl", "must be 1s to 24h");
        InvalidField.check(words.size() <= 1_000, "words", "are more than 1000");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            InvalidField.check(!word.isBlank() && word.length() <= 100, "words[" + i + "]", "must have 1 to 100 characters");
        }
    }
}
