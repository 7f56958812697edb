package dev.gatehouse.text.pattern;

/**
 * A pattern a user wrote.
 *
 * @param name      category of its findings
 * @param regex     RE2 syntax
 * @param group     the capturing group that is the span found, 0 for the whole match; a match in which it took no part is no finding
 * @param score     confidence of its findings, 0 to 1
 * @param maxLength longest match in UTF-16 units that a stream waits for; a longer one is cut there in a stream, and found whole in whole texts
 */
public record UserPattern(String name, String regex, int group, double score, int maxLength) {

    /** Usual {@code maxLength}. */
    public static final int DEFAULT_LENGTH = 256;

    public UserPattern {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("a pattern needs a name");
        }
        if (score < 0 || score > 1) {
            throw new IllegalArgumentException("pattern " + name + ": score " + score + " is not between 0 and 1");
        }
        if (maxLength < 1) {
            throw new IllegalArgumentException("pattern " + name + ": maxLength must be at least 1");
        }
    }

    /** A certain finding of usual length: the whole match. */
    public static UserPattern of(String name, String regex) {
        return of(name, regex, 0);
    }

    /** A certain finding of usual length: what the capturing group matched. */
    public static UserPattern of(String name, String regex, int group) {
        return new UserPattern(name, regex, group, 1, DEFAULT_LENGTH);
    }
}
