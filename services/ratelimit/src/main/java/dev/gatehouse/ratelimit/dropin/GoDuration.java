package dev.gatehouse.ratelimit.dropin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Durations as Go writes them: numbers with a unit each, e.g. {@code 1h15m30.5s}; {@code 0} alone is none. */
final class GoDuration {

    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "\u00b5s", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private GoDuration() {}

    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        double nanos = 0;
        int at = 0;
        while (at < text.length()) {
            int unit = skip(text, at, true);
            int end = skip(text, unit, false);
            Double factor = NANOS.get(text.substring(unit, end));
            String number = text.substring(at, unit);
            if (factor == null || !isNumber(number)) {
                return Optional.empty();
            }
            nanos += Double.parseDouble(number) * factor;
            at = end;
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(nanos)));
    }

    private static boolean isNumber(String text) {
        return text.chars().anyMatch(Character::isDigit) && text.indexOf('.') == text.lastIndexOf('.');
    }

    private static int skip(String text, int from, boolean number) {
        int at = from;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.') == number) {
            at++;
        }
        return at;
    }
}
