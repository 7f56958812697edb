package dev.gatehouse.envoy.work;

import java.time.Duration;

/**
 * Counts the time a handler works against a budget, and stands still while the handler waits for bytes. One thread starts,
 * pauses and resumes it; any thread may ask whether it is overdue.
 */
public final class WorkClock {

    private static final long STANDING = Long.MAX_VALUE;

    private final long budgetNanos;
    private volatile long deadline = STANDING;
    private long leftNanos;

    public WorkClock(Duration budget) {
        this.budgetNanos = budget.toNanos();
    }

    /** Starts with the whole budget. */
    public void start() {
        leftNanos = budgetNanos;
        resume();
    }

    public void resume() {
        deadline = System.nanoTime() + leftNanos;
    }

    public void pause() {
        if (deadline != STANDING) {
            leftNanos = deadline - System.nanoTime();
            deadline = STANDING;
        }
    }

    /** The time worked since the start; only while standing. */
    public Duration worked() {
        return Duration.ofNanos(budgetNanos - leftNanos);
    }

    /** Whether the budget is used up at that {@link System#nanoTime()}. */
    public boolean isOverdue(long now) {
        long limit = deadline;
        return limit != STANDING && now - limit >= 0;
    }
}
