package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Keeps the limits of a second in a store of their own (REDIS_PERSECOND).
 *
 * @param seconds that store
 * @param others  where all others are
 */
record PerSecond(AsyncLimits seconds, AsyncLimits others) implements AsyncLimits {

    @Override
    public CompletionStage<List<Level>> peek(List<Bucket> buckets) {
        return split(buckets, Function.identity(), AsyncLimits::peek);
    }

    @Override
    public CompletionStage<List<Level>> add(List<Hit> hits) {
        return split(hits, Hit::bucket, AsyncLimits::add);
    }

    private interface Call<I> {
        CompletionStage<List<Level>> ask(AsyncLimits store, List<I> items);
    }

    private <I> CompletionStage<List<Level>> split(List<I> items, Function<I, Bucket> bucket, Call<I> call) {
        List<I> ofSeconds = items.stream().filter(item -> isOfASecond(bucket.apply(item))).toList();
        List<I> rest = items.stream().filter(item -> !isOfASecond(bucket.apply(item))).toList();
        return ask(seconds, ofSeconds, call).thenCombine(ask(others, rest, call), (fast, slow) -> {
            Iterator<Level> nextFast = fast.iterator();
            Iterator<Level> nextSlow = slow.iterator();
            List<Level> levels = new ArrayList<>(items.size());
            items.forEach(item -> levels.add((isOfASecond(bucket.apply(item)) ? nextFast : nextSlow).next()));
            return levels;
        });
    }

    private static <I> CompletionStage<List<Level>> ask(AsyncLimits store, List<I> items, Call<I> call) {
        return items.isEmpty() ? CompletableFuture.completedStage(List.of()) : call.ask(store, items);
    }

    private static boolean isOfASecond(Bucket bucket) {
        return bucket.algorithm() instanceof FixedWindow(long _, Window.Every(Duration length)) && length.equals(Duration.ofSeconds(1));
    }
}
