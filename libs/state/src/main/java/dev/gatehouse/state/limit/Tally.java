package dev.gatehouse.state.limit;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;

/**
 * What is counted of one bucket, and how time changes it. The script of Redis does the same with the same four numbers.
 *
 * <table>
 * <tr><th>algorithm<th>stamp<th>used<th>other
 * <tr><td>token bucket<td>until when it is refilled<td>missing to full<td>what is refilled of the next unit, in ticks of a window
 * <tr><td>sliding window<td>start of the window<td>taken in it<td>taken in the one before
 * <tr><td>fixed window<td>start of the window<td>taken in it<td>
 * <tr><td>in flight<td><td>reserved<td>
 * </table>
 * What is reserved counts as used, and is known besides.
 */
final class Tally {

    /** Sums stop here, far above all limits and below what Lua's numbers hold. */
    static final long MOST = 1L << 51;

    long stamp;
    long used;
    long other;
    long reserved;

    Tally() {}

    Tally(long stamp, long used, long other, long reserved) {
        this.stamp = stamp;
        this.used = used;
        this.other = other;
        this.reserved = reserved;
    }

    /** Lets time pass. @return whether all that was counted belongs to a past that no longer counts */
    boolean advance(Algorithm algorithm, long now) {
        return switch (algorithm) {
            case TokenBucket bucket -> refill(bucket, now);
            case SlidingWindow sliding -> slide(sliding, now);
            case FixedWindow fixed -> turn(fixed.window().start(now), fixed.window().end(now));
            case InFlight _ -> false;
        };
    }

    private boolean refill(TokenBucket bucket, long now) {
        Ticks ticks = Ticks.of(bucket.window().toMillis());
        if (used == 0 || now < stamp) {
            stamp = now;
            other = 0;
            return false;
        }
        long passed = (now - stamp) / ticks.millis();
        stamp += passed * ticks.millis();
        refill(bucket.amount(), passed, ticks);
        if (used == 0) {
            stamp = now;
            other = 0;
        }
        return false;
    }

    private void refill(long amount, long passed, Ticks ticks) {
        long windows = passed / ticks.window();
        if (amount > 0 && windows > used / amount) {
            used = 0;
            return;
        }
        long rest = passed % ticks.window();
        long part = amount % ticks.window() * rest + other % ticks.window();
        long refilled = windows * amount + amount / ticks.window() * rest + part / ticks.window();
        used = Math.max(0, used - refilled);
        other = part % ticks.window();
    }

    private boolean slide(SlidingWindow sliding, long now) {
        long length = sliding.window().toMillis();
        long start = Math.floorDiv(now, length) * length;
        if (start == stamp || isBackALittle(start, length)) {
            return false;
        }
        boolean over = start - stamp != length;
        other = over ? 0 : used;
        used = 0;
        stamp = start;
        return over;
    }

    private boolean turn(long start, long end) {
        if (start == stamp || isBackALittle(start, end - start)) {
            return false;
        }
        used = 0;
        stamp = start;
        return true;
    }

    // A clock that was set back by less than a window must not open a window that is already spent.
    private boolean isBackALittle(long start, long length) {
        return start < stamp && stamp - start <= length;
    }

    /** Adds to what was used, or takes from it, at most what is there. */
    void use(Algorithm algorithm, long amount) {
        used = Math.clamp(used + amount, 0, MOST);
        if (used == 0 && algorithm instanceof TokenBucket) {
            other = 0;
        }
    }

    /** The same in the window before. */
    void useBefore(long amount) {
        other = Math.clamp(other + amount, 0, MOST);
    }

    void reserve(Algorithm algorithm, long amount) {
        use(algorithm, amount);
        reserved += amount;
    }

    /** No longer reserved, still used. */
    void release(long amount) {
        reserved = Math.max(0, reserved - amount);
    }

    /** What counts now against the limit. */
    long spent(Algorithm algorithm, long now) {
        return algorithm instanceof SlidingWindow sliding ? spent(sliding, now) : used;
    }

    private long spent(SlidingWindow sliding, long now) {
        Ticks ticks = Ticks.of(sliding.window().toMillis());
        return used + ticks.share(other, overlap(ticks, now));
    }

    private long overlap(Ticks ticks, long now) {
        return ticks.window() - Math.clamp((now - stamp) / ticks.millis(), 0, ticks.window());
    }

    boolean fits(Algorithm algorithm, long now, long amount) {
        return spent(algorithm, now) + amount <= algorithm.capacity();
    }

    /** @param claim the amount that wants to fit */
    Level level(Algorithm algorithm, long now, long claim) {
        long spent = spent(algorithm, now);
        long held = Math.min(reserved, spent);
        return new Level(algorithm.capacity(), spent - held, held, fullIn(algorithm, now), fitsIn(algorithm, now, claim));
    }

    long fullIn(Algorithm algorithm, long now) {
        return switch (algorithm) {
            case TokenBucket bucket -> refilledIn(bucket, now, used);
            case SlidingWindow sliding -> slidOutIn(sliding.window().toMillis(), now);
            case FixedWindow fixed -> endsIn(fixed, now);
            case InFlight _ -> 0;
        };
    }

    private long endsIn(FixedWindow fixed, long now) {
        return fixed.window().end(stamp) - now;
    }

    private long slidOutIn(long length, long now) {
        return used > 0 ? stamp + 2 * length - now : other > 0 ? stamp + length - now : 0;
    }

    private long refilledIn(TokenBucket bucket, long now, long amount) {
        if (amount <= 0) {
            return 0;
        }
        if (bucket.amount() == 0) {
            return Level.NEVER;
        }
        Ticks ticks = Ticks.of(bucket.window().toMillis());
        return stamp + ticks.until(amount, bucket.amount(), other) * ticks.millis() - now;
    }

    private long fitsIn(Algorithm algorithm, long now, long claim) {
        if (claim > algorithm.capacity()) {
            return Level.NEVER;
        }
        if (fits(algorithm, now, claim)) {
            return 0;
        }
        return switch (algorithm) {
            case TokenBucket bucket -> refilledIn(bucket, now, used + claim - bucket.burst());
            case SlidingWindow sliding -> slidIn(sliding, now, sliding.amount() - claim);
            case FixedWindow fixed -> endsIn(fixed, now);
            case InFlight _ -> Level.UNKNOWN;
        };
    }

    /** When no more than an amount is spent: in this window if the one before weighs less by then, else in the next. */
    private long slidIn(SlidingWindow sliding, long now, long room) {
        Ticks ticks = Ticks.of(sliding.window().toMillis());
        long start = used <= room ? stamp + fallsTo(room - used, other, ticks) : stamp + sliding.window().toMillis() + fallsTo(room, used, ticks);
        return start - now;
    }

    /** How far into a window the share of the one before has fallen to an amount, in ms. */
    private static long fallsTo(long amount, long before, Ticks ticks) {
        long passed = Math.clamp((long) (ticks.window() - (amount + 1.0) * ticks.window() / before), 0, ticks.window());
        while (passed < ticks.window() && ticks.share(before, ticks.window() - passed) > amount) {
            passed++;
        }
        return passed * ticks.millis();
    }
}
