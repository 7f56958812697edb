package dev.gatehouse.kubernetes.status;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Writes to the API server, at most {@link #MOST} at a time: each of a round writes another object, so that their order says nothing.
 * A server that has enough says so (429), and the client waits as it is told.
 */
final class Writers {

    /** The most requests under way. */
    static final int MOST = 8;

    private Writers() {}

    /**
     * Does all of them, those behind one that fails too, unless the API server is away.
     *
     * @param writes each true when nothing of it is left to be done
     * @return whether all were
     * @throws RuntimeException the first failure, after all have ended
     */
    static boolean run(Collection<BooleanSupplier> writes) {
        Round round = new Round(new ConcurrentLinkedQueue<>(writes));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, Math.min(MOST, writes.size())).forEach(i -> threads.execute(round::work));
        }
        return round.isDone();
    }

    /** One round, shared by its threads. */
    private static final class Round {

        private static final int CLIENT_ERRORS = 400;
        private static final int SERVER_ERRORS = 500;

        private final Queue<BooleanSupplier> left;
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        private volatile boolean done = true;

        private Round(Queue<BooleanSupplier> left) {
            this.left = left;
        }

        private void work() {
            for (BooleanSupplier next = left.poll(); next != null; next = left.poll()) {
                tryOne(next);
            }
        }

        private void tryOne(BooleanSupplier write) {
            try {
                if (!write.getAsBoolean()) {
                    done = false;
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
                if (!isAboutOneObject(e)) {
                    left.clear();
                }
            }
        }

        private static boolean isAboutOneObject(RuntimeException e) {
            return e instanceof KubernetesClientException answered && answered.getCode() >= CLIENT_ERRORS && answered.getCode() < SERVER_ERRORS;
        }

        private boolean isDone() {
            if (failure.get() != null) {
                throw failure.get();
            }
            return done;
        }
    }
}
