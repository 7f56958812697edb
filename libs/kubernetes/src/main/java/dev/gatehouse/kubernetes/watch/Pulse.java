package dev.gatehouse.kubernetes.watch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells one waiting thread that something has changed, once for many changes that come close together. */
public final class Pulse {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Duration quiet;
    private final Duration patience;
    private long signals;
    private long seen;

    /**
     * @param quiet    how long there must be no change
     * @param patience the longest that changes without a pause are waited for
     */
    public Pulse(Duration quiet, Duration patience) {
        this.quiet = quiet;
        this.patience = patience;
    }

    /** Something has changed. Never blocks for long. */
    public void signal() {
        lock.lock();
        try {
            signals++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for changes and until they pause.
     *
     * @param longest returns after this even without a change
     * @return whether there was one
     */
    public boolean await(Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean any = awaitChange(seen, longest);
            if (any) {
                settle();
            }
            seen = signals;
            return any;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitChange(long known, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        while (signals == known && left > 0) {
            left = changed.awaitNanos(left);
        }
        return signals != known;
    }

    private void settle() throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long known;
        do {
            known = signals;
        } while (awaitChange(known, quiet) && System.nanoTime() < end);
    }
}
