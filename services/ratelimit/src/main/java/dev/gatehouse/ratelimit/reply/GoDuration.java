package dev.gatehouse.ratelimit.reply;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Durations as Go's {@code time.Duration} prints them, which is how OpenAI's reset fields read: {@code 120ms}, {@code 8.64s}, {@code 6m0s}. */
final class GoDuration {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private GoDuration() {}

    static String of(long millis) {
        if (millis < SECOND) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        String seconds = BigDecimal.valueOf(millis % MINUTE, 3).setScale(3, RoundingMode.UNNECESSARY).stripTrailingZeros().toPlainString() + "s";
        if (millis < MINUTE) {
            return seconds;
        }
        String minutes = millis % HOUR / MINUTE + "m" + seconds;
        return millis < HOUR ? minutes : millis / HOUR + "h" + minutes;
    }
}
