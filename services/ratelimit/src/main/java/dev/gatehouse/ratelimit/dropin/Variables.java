package dev.gatehouse.ratelimit.dropin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Environment variables as Go's envconfig reads them; one that is set and empty is as one that is not set. */
record Variables(Map<String, String> environment) {

    Optional<String> text(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return text(name).map(value -> flagOf(name, value)).orElse(otherwise);
    }

    int number(String name, int otherwise) {
        try {
            return text(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw wrong(name, "a whole number");
        }
    }

    float ratio(String name, float otherwise) {
        try {
            return text(name).map(Float::parseFloat).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw wrong(name, "a number");
        }
    }

    /** {@code key:value,key:value}. */
    Map<String, String> pairs(String name, char separator) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text(name, "").split(",")) {
            int at = pair.indexOf(separator);
            if (at > 0) {
                pairs.put(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
            }
        }
        return pairs;
    }

    /** As {@code 1m30s}, {@code 250ms}, {@code 1.5h}. */
    Optional<Duration> duration(String name) {
        return text(name).map(value -> GoDuration.parse(value).orElseThrow(() -> wrong(name, "a duration as 250ms or 1m30s")));
    }

    private static boolean flagOf(String name, String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /** The value may be a password's and is not repeated. */
    static IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException(name + " must be " + rule);
    }
}
