package dev.gatehouse.router.health;

import dev.gatehouse.exchange.Headers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** How long an answer asks to be left alone: {@code retry-after-ms}, else {@code retry-after} in seconds or as an HTTP date (RFC 9110). */
final class RetryAfter {

    private static final int MAX_DIGITS = 9;

    private RetryAfter() {}

    /** Zero where it does not ask, asks for a time that is over, or says what is no time. */
    static Duration of(Headers headers, InstantSource clock) {
        return headers.first("retry-after-ms").flatMap(RetryAfter::number).map(Duration::ofMillis)
                .or(() -> headers.first("retry-after").flatMap(text -> number(text).map(Duration::ofSeconds).or(() -> until(text, clock))))
                .orElse(Duration.ZERO);
    }

    private static Optional<Long> number(String text) {
        String digits = text.strip();
        boolean isNumber = !digits.isEmpty() && digits.length() <= MAX_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    private static Optional<Duration> until(String date, InstantSource clock) {
        try {
            ZonedDateTime then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
            return Optional.of(Duration.between(clock.instant(), then.toInstant())).filter(Duration::isPositive);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
