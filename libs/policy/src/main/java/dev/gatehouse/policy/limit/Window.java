package dev.gatehouse.policy.limit;

import com.google.re2j.Pattern;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import java.time.Duration;
import java.util.Optional;

/**
 * The time of a quota.
 *
 * @param length 1 s to 31 d; empty for the calendar month, which begins on its first day at 00:00 UTC
 */
public record Window(Optional<Duration> length) {

    private static final Pattern DAYS = Pattern.compile("[0-9]{1,3}d");
    private static final Duration LONGEST = Duration.ofDays(31);

    static Window parse(String field, String text) {
        if (text.equals("Month")) {
            return new Window(Optional.empty());
        }
        try {
            Duration length = DAYS.matches(text) ? Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))) : Durations.parse(text);
            boolean inRange = length.toMillis() >= 1000 && length.compareTo(LONGEST) <= 0;
            InvalidField.check(inRange, "", "must be 1s to 31d, or Month");
            return new Window(Optional.of(length));
        } catch (InvalidField e) {
            boolean unreadable = !e.reason().startsWith("must");
            throw new InvalidField(field, unreadable ? "is no window: " + text + " (write 30s, 1m, 1h, 7d or Month)" : e.reason());
        }
    }

    public boolean isMonth() {
        return length.isEmpty();
    }
}
