package dev.gatehouse.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

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
        return fields.stream().filter(named(name)).map(Field::value).findFirst();
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        return fields.stream().filter(named(name)).map(Field::value).toList();
    }

    public Headers with(String name, String value) {
        List<Field> changed = new ArrayList<>(without(name).fields);
        changed.add(new Field(name, value));
        return new Headers(changed);
    }

    public Headers without(String name) {
        return new Headers(fields.stream().filter(named(name).negate()).toList());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    private static Predicate<Field> named(String name) {
        return field -> field.name().equalsIgnoreCase(name);
    }
}
