package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTP header fields or trailers in their order; names are lower case (as in HTTP/2) and compared without regard to case.
 * Pseudo headers ({@code :path} ...) are kept as they came. Immutable.
 */
public record Headers(List<Field> fields) {

    /** One field line. */
    public record Field(String name, String value) {
        public Field {
            name = name.toLowerCase(Locale.ROOT);
        }

        private boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private static final Headers EMPTY = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    public static Headers empty() {
        return EMPTY;
    }

    /** Alternating names and values. */
    public static Headers of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.isNamed(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (Field field : fields) {
            if (field.isNamed(name)) {
                values.add(field.value());
            }
        }
        return Collections.unmodifiableList(values);
    }

    public Headers with(String name, String value) {
        List<Field> changed = new ArrayList<>(without(name).fields);
        changed.add(new Field(name, value));
        return new Headers(changed);
    }

    public Headers without(String name) {
        return new Headers(fields.stream().filter(field -> !field.isNamed(name)).toList());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }
}
