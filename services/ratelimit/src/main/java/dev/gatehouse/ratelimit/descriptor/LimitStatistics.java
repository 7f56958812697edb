package dev.gatehouse.ratelimit.descriptor;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the hits on one limit, in hits. The names are envoyproxy/ratelimit's.
 *
 * @param totalHits               all
 * @param overLimit               of those, beyond the limit
 * @param nearLimit               of those, within it but beyond the near ratio
 * @param overLimitWithLocalCache refused without asking the store
 * @param withinLimit             of requests that were within it as a whole
 * @param shadowMode              beyond the limit and let pass all the same
 */
record LimitStatistics(
        LongAdder totalHits,
        LongAdder overLimit,
        LongAdder nearLimit,
        LongAdder overLimitWithLocalCache,
        LongAdder withinLimit,
        LongAdder shadowMode) {

    LimitStatistics() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }

    /** Hits that were refused because the limit was known to be exceeded. */
    void refusedLocally(long hits, boolean shadow) {
        overLimit.add(hits);
        overLimitWithLocalCache.add(hits);
        if (shadow) {
            shadowMode.add(hits);
        }
    }

    /**
     * Hits that the store counted.
     *
     * @param after what it counts now
     * @param near  from where on it is near the limit
     */
    void counted(long hits, long after, long limit, long near, boolean shadow) {
        if (after > limit) {
            over(hits, after, limit, near, shadow);
        } else {
            within(hits, after, near);
        }
    }

    private void over(long hits, long after, long limit, long near, boolean shadow) {
        long before = after - hits;
        long beyond = before >= limit ? hits : after - limit;
        overLimit.add(beyond);
        if (before < limit) {
            nearLimit.add(limit - Math.max(near, before));
        }
        if (shadow) {
            shadowMode.add(beyond);
        }
    }

    private void within(long hits, long after, long near) {
        withinLimit.add(hits);
        if (after > near) {
            nearLimit.add(Math.min(hits, after - near));
        }
    }
}
