package dev.gatehouse.state.limit;

import java.time.Duration;
import java.util.List;

/** What every store refuses, before it does anything. */
final class Bounds {

    static final Duration LONGEST = Duration.ofDays(366);

    private Bounds() {}

    static void amount(String what, long amount) {
        if (amount < 0 || amount > Limits.MAX_AMOUNT) {
            throw new IllegalArgumentException(what + " must be 0 to 2^50, is " + amount);
        }
    }

    static void window(Duration window) {
        if (window.toMillis() < 1 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a window must be 1 ms to 366 days, is " + window);
        }
    }

    static long expiry(Duration expiry) {
        if (expiry.toMillis() < 1 || expiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a reservation must expire in 1 ms to 366 days, is " + expiry);
        }
        return expiry.toMillis();
    }

    static void differ(List<Claim> claims) {
        if (claims.isEmpty() || claims.stream().map(claim -> claim.bucket().key()).distinct().count() < claims.size()) {
            throw new IllegalArgumentException("a reservation needs at least one claim, each of another bucket");
        }
    }
}
