package dev.gatehouse.cache.look;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work on a virtual thread of its own and waits for it no longer than it may take. Thread-safe. */
public final class Deadline implements AutoCloseable {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("look-up").factory());

    /**
     * The work's result; empty if it took longer, and it is then interrupted.
     *
     * @throws InterruptedException if the waiting exchange is over
     * @throws RuntimeException     what the work threw
     */
    public <T> Optional<T> within(Duration most, Callable<T> work) throws InterruptedException {
        Future<T> future = threads.submit(work);
        try {
            return Optional.of(future.get(most.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
