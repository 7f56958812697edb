package dev.gatehouse.state.limit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What of {@link Limits} can be asked without a thread that waits: for callers on an event loop. The same buckets, the same counters.
 * Stages complete exceptionally with {@link dev.gatehouse.state.StateUnavailable}, at the latest after the store's deadline.
 */
public interface AsyncLimits {

    /** As {@link Limits#peek}. */
    CompletionStage<List<Level>> peek(List<Bucket> buckets);

    /** As {@link Limits#add}. */
    CompletionStage<List<Level>> add(List<Hit> hits);

    /** Of a store that answers at once, on the caller's thread: the one in memory. */
    static AsyncLimits atOnce(Limits limits) {
        return new AsyncLimits() {
            @Override
            public CompletionStage<List<Level>> peek(List<Bucket> buckets) {
                return now(() -> limits.peek(buckets));
            }

            @Override
            public CompletionStage<List<Level>> add(List<Hit> hits) {
                return now(() -> limits.add(hits));
            }
        };
    }

    private static CompletionStage<List<Level>> now(Supplier<List<Level>> call) {
        try {
            return CompletableFuture.completedFuture(call.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
