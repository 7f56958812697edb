package dev.gatehouse.policy.document;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;

/** Durations as Gateway API writes them (GEP-2257): {@code 1h}, {@code 1m30s}, {@code 200ms}; no fractions, no signs. */
public final class Durations {

    private static final Pattern SHAPE = Pattern.compile("(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?(?:([0-9]{1,5})ms)?");

    private Durations() {}

    /** @throws InvalidField with the reason; its field is empty */
    public static Duration parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new InvalidField("", "is no duration: " + text + " (write 200ms, 2s, 1m30s or 1h)");
        }
        return Duration.ofHours(number(matcher, 1)).plusMinutes(number(matcher, 2)).plusSeconds(number(matcher, 3))
                .plusMillis(number(matcher, 4));
    }

    /** Whether it is neither shorter nor longer than these, written as {@link #parse} reads them. */
    public static boolean within(Duration value, String least, String most) {
        return value.compareTo(parse(least)) >= 0 && value.compareTo(parse(most)) <= 0;
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
