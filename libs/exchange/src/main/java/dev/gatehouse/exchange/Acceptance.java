package dev.gatehouse.exchange;

import java.time.Duration;

/**
 * A feature's will to take part in one exchange, and the bounds within which it does.
 *
 * @param handler      this exchange's own handler
 * @param interest     what the handler wants to see; the rest is never sent to it (and not asked from the host where possible)
 * @param timeout      time for each decision, counted while the handler works, not while it waits for bytes of client or backend
 * @param failureMode  what a timeout or an exception does
 * @param maxBodyBytes the most of a body that is collected for {@link Request#body()} and {@link Response#body()}
 */
public record Acceptance(Handler handler, Interest interest, Duration timeout, FailureMode failureMode, int maxBodyBytes) {

    /** Which parts of an exchange a handler wants. The request's head is always seen. */
    public record Interest(boolean requestBody, boolean response, boolean responseBody) {
        public static final Interest REQUEST_HEAD = new Interest(false, false, false);
        public static final Interest REQUEST = new Interest(true, false, false);
        public static final Interest ALL = new Interest(true, true, true);
    }

    public Acceptance {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, is " + timeout);
        }
        if (maxBodyBytes <= 0) {
            throw new IllegalArgumentException("maxBodyBytes must be positive, is " + maxBodyBytes);
        }
    }
}
