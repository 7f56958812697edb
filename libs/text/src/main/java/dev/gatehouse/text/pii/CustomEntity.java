package dev.gatehouse.text.pii;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An entity of the user's own.
 *
 * @param name         category of its findings, upper snake case, e.g. {@code EMPLOYEE_ID}
 * @param pattern      RE2 pattern of the value (linear time; group 0 is the finding)
 * @param contextWords words of which one has to be near for the full score, any case; empty if none is needed
 * @param score        score of a match, 0 to 1; half of it where context words are given and none is near
 */
public record CustomEntity(String name, Pattern pattern, Set<String> contextWords, double score) {

    public CustomEntity {
        Objects.requireNonNull(pattern, "pattern");
        if (!name.matches("[A-Z][A-Z0-9_]{0,63}")) {
            throw new IllegalArgumentException("the name of an entity is upper snake case: " + name);
        }
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("the score of " + name + " is not between 0 and 1: " + score);
        }
        contextWords = contextWords.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
