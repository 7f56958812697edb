package dev.gatehouse.state.health;

import dev.gatehouse.state.health.Report.Trial;
import dev.gatehouse.state.health.Standing.Cause;
import java.time.Duration;

/** One subject's record in memory; times are in ms. {@link HealthScript} does the same in Redis. Not for several threads. */
final class Circuit {

    private static final long CLOSED = 0;

    private long windowStart;
    private long requests;
    private long failures;
    private long requestsBefore;
    private long failuresBefore;
    private long inARow;
    private long openUntil = CLOSED;
    private long cooldown;
    private long closedAt;
    private Cause cause = Cause.NONE;
    private long grantedUntil;
    private String holder = "";

    Standing exchange(String replica, Report report, long now) {
        roll(report.rules().window().toMillis(), now);
        if (openUntil == CLOSED) {
            count(report, now);
        } else if (now >= openUntil) {
            judgeTrial(replica, report, now);
        }
        pause(report, now);
        grant(replica, report, now);
        return standing(replica, report.rules().window().toMillis(), now);
    }

    private void roll(long window, long now) {
        long start = now - Math.floorMod(now, window);
        if (start != windowStart) {
            boolean next = start - windowStart == window;
            requestsBefore = next ? requests : 0;
            failuresBefore = next ? failures : 0;
            requests = failures = 0;
            windowStart = start;
        }
    }

    private void count(Report report, long now) {
        requests += report.successes() + report.failures();
        failures += report.failures();
        inARow = report.latest() + (report.successes() == 0 ? inARow : 0);
        CircuitRules rules = report.rules();
        if (report.failures() == 0) {
            return;
        }
        if (inARow >= rules.consecutive()) {
            open(Cause.CONSECUTIVE_FAILURES, rules, now);
        } else if (isOver(rules, now)) {
            open(Cause.FAILURE_RATE, rules, now);
        }
    }

    private boolean isOver(CircuitRules rules, long now) {
        long window = rules.window().toMillis();
        return lately(requests, requestsBefore, window, now) >= rules.minimum()
                && lately(failures, failuresBefore, window, now) * 100 >= rules.percent() * lately(requests, requestsBefore, window, now);
    }

    /** Of the window before, the part that still lies within one window from now. */
    private double lately(long here, long before, long window, long now) {
        return here + before * Math.max(0, (double) (windowStart + window - now) / window);
    }

    private void judgeTrial(String replica, Report report, long now) {
        if (!holder.equals(replica)) {
            return;
        }
        switch (report.trial()) {
            case PASSED -> close(now);
            case FAILED -> open(Cause.FAILED_TRIAL, report.rules(), now);
            case VOID -> release();
            case NONE, WANTED -> { }
        }
    }

    private void close(long now) {
        openUntil = CLOSED;
        closedAt = now;
        requests = failures = requestsBefore = failuresBefore = inARow = 0;
        release();
    }

    /** A circuit that opens again soon after it closed stays open for longer than before, as after a failed trial. */
    private void open(Cause why, CircuitRules rules, long now) {
        boolean again = why == Cause.FAILED_TRIAL || cooldown > 0 && now - closedAt < 2 * cooldown;
        cooldown = Math.min(again ? 2 * cooldown : rules.cooldown().toMillis(), rules.longest().toMillis());
        cooldown = Math.max(cooldown, rules.cooldown().toMillis());
        openUntil = now + cooldown;
        cause = why;
        release();
    }

    private void pause(Report report, long now) {
        long until = now + Math.min(report.pause().toMillis(), report.rules().longest().toMillis());
        if (report.pause().isPositive() && until > openUntil) {
            openUntil = until;
            cause = Cause.RATE_LIMITED;
            release();
        }
    }

    private void grant(String replica, Report report, long now) {
        if (openUntil != CLOSED && now >= openUntil && report.trial() == Trial.WANTED && now >= grantedUntil) {
            holder = replica;
            grantedUntil = now + HealthStore.TRIAL.toMillis();
        }
    }

    private void release() {
        holder = "";
        grantedUntil = 0;
    }

    private Standing standing(String replica, long window, long now) {
        Standing.Circuit state = openUntil == CLOSED ? Standing.Circuit.CLOSED : now < openUntil ? Standing.Circuit.OPEN : Standing.Circuit.HALF_OPEN;
        Duration remaining = state == Standing.Circuit.OPEN ? Duration.ofMillis(openUntil - now) : Duration.ZERO;
        boolean granted = state == Standing.Circuit.HALF_OPEN && holder.equals(replica) && now < grantedUntil;
        return new Standing(state, remaining, granted, cause, (long) lately(failures, failuresBefore, window, now),
                (long) lately(requests, requestsBefore, window, now));
    }
}
