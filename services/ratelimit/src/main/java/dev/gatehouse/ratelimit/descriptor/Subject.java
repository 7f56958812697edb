package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.state.limit.Bucket;

/** What one descriptor of a question comes to, before the store is asked. */
sealed interface Subject {

    /** No limit holds for it, or one that is replaced by another. */
    record Free() implements Subject {}

    /** Its limit has no end. */
    record Endless() implements Subject {}

    /**
     * It is counted.
     *
     * @param hits          0 looks only; negative takes back
     * @param exceededMillis how long the limit is known to stay exceeded; 0 where it is not
     */
    record Counted(LimitRule rule, LimitStatistics statistics, Bucket bucket, long hits, long exceededMillis) implements Subject {

        boolean isKnownExceeded() {
            return exceededMillis > 0;
        }
    }
}
