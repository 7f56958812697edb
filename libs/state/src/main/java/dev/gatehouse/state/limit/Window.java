package dev.gatehouse.state.limit;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Fixed windows that follow one another without a gap. Instants are milliseconds since the epoch. */
public sealed interface Window {

    /** The beginning of the window that holds an instant. */
    long start(long millis);

    /** The end, which is the beginning of the next, of the window that holds an instant. */
    long end(long millis);

    /** Of one length, 1 ms to 366 days, aligned to the epoch, as a rate limit service's second, minute, hour and day are. */
    record Every(Duration length) implements Window {
        public Every {
            Bounds.window(length);
        }

        @Override
        public long start(long millis) {
            return Math.floorDiv(millis, length.toMillis()) * length.toMillis();
        }

        @Override
        public long end(long millis) {
            return start(millis) + length.toMillis();
        }
    }

    /** Days, weeks (from Monday) or months of the calendar of a place, of whatever length these have there. */
    record Calendar(Unit unit, ZoneId zone) implements Window {

        /** What the calendar counts. */
        public enum Unit { DAY, WEEK, MONTH }

        @Override
        public long start(long millis) {
            return millis(first(millis));
        }

        @Override
        public long end(long millis) {
            return millis(first(millis).plus(1, switch (unit) {
                case DAY -> ChronoUnit.DAYS;
                case WEEK -> ChronoUnit.WEEKS;
                case MONTH -> ChronoUnit.MONTHS;
            }));
        }

        private LocalDate first(long millis) {
            LocalDate day = Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
            return switch (unit) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        private long millis(LocalDate day) {
            return day.atStartOfDay(zone).toInstant().toEpochMilli();
        }
    }
}
