package dev.gatehouse.policy.document;

import java.util.Collection;

/**
 * Thrown by the compact constructors of document records, and by compilers of policies: a field is missing or its value cannot
 * be. The reader turns it into a {@link Fault} with file and line.
 */
public final class InvalidField extends IllegalArgumentException {

    private final String field;
    private final String reason;

    /**
     * @param field path relative to the record that throws, e.g. {@code rules[2].name}; empty for the record itself
     */
    public InvalidField(String field, String reason) {
        super(field.isEmpty() ? reason : field + ": " + reason);
        this.field = field;
        this.reason = reason;
    }

    /** A word that is none of the known ones, with the likeliest meant. */
    public static InvalidField unknown(String field, String what, String word, Collection<String> known) {
        String hint = Spelling.closest(word, known).map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> known.size() <= 12 ? "; known are " + String.join(", ", known) : "");
        return new InvalidField(field, "unknown " + what + " " + word + hint);
    }

    /** Refuses null, for members that have no default. */
    public static <T> T required(String field, T value) {
        if (value == null) {
            throw new InvalidField(field, "is required");
        }
        return value;
    }

    /** Refuses with this reason unless the condition holds. */
    public static void check(boolean condition, String field, String reason) {
        if (!condition) {
            throw new InvalidField(field, reason);
        }
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }
}
