package dev.gatehouse.kubernetes.status;

import java.time.Duration;

/**
 * How long a leader holds its Lease; the three as in Kubernetes' own components.
 *
 * @param lease  a leader that does not renew is replaced after this
 * @param renew  a leader that cannot renew for this long steps down
 * @param retry  pause between attempts
 */
public record LeaseTiming(Duration lease, Duration renew, Duration retry) {

    public static final LeaseTiming STANDARD = new LeaseTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
