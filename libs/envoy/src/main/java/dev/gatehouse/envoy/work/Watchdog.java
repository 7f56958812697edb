package dev.gatehouse.envoy.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every {@link #TICK} for work that is over its time. Scanning costs less than a timer per decision, which would be set
 * and cancelled several times for each exchange, and a timeout that fires a tick late does no harm. A platform thread, so that
 * handlers that spin on every carrier of the virtual threads cannot starve it.
 */
public final class Watchdog implements AutoCloseable {

    /** The time between two looks, and so the most by which a timeout is late. */
    public static final Duration TICK = Duration.ofMillis(10);

    /** Work under watch. */
    public interface Watched {
        /** Called once a tick with the current {@link System#nanoTime()}; must be quick. */
        void check(long now);
    }

    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Watchdog() {
        Thread.ofPlatform().daemon().name("gatehouse-watchdog").start(this::run);
    }

    public void add(Watched work) {
        watched.add(work);
    }

    public void remove(Watched work) {
        watched.remove(work);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(TICK.toNanos());
            long now = System.nanoTime();
            watched.forEach(work -> work.check(now));
        }
    }
}
