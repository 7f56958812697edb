package dev.gatehouse.router.compile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.exchange.Int8Vector;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Vectors of policies' examples. They are made beside the traffic, and the last {@value #KEPT} are kept (about 30 MB) for the next
 * change of a policy, which seldom changes more than a few. Thread-safe.
 */
public final class ExampleVectors {

    private static final int KEPT = 50_000;
    private static final int AT_ONCE = 32;

    private final Function<String, Int8Vector> embed;
    private final Cache<String, Int8Vector> kept = Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

    /** @param embed a text's vector, waited for as long as it takes; throws {@link EmbeddingFailed} where there will be none */
    public ExampleVectors(Function<String, Int8Vector> embed) {
        this.embed = embed;
    }

    /**
     * In the order of the texts.
     *
     * @throws NoVector for the first that has none
     */
    List<Int8Vector> of(List<String> texts) {
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.clamp(texts.size(), 1, AT_ONCE), Thread.ofPlatform().daemon().name("examples-", 0).factory())) {
            List<Future<Int8Vector>> all = texts.stream().map(text -> threads.submit(() -> kept.get(text, embed))).toList();
            return IntStream.range(0, all.size()).mapToObj(i -> made(all, i)).toList();
        }
    }

    private static Int8Vector made(List<Future<Int8Vector>> all, int i) {
        try {
            return all.get(i).get();
        } catch (ExecutionException e) {
            all.forEach(each -> each.cancel(true));
            throw new NoVector(i, e.getCause() instanceof EmbeddingFailed failed ? failed.reason().name().toLowerCase(Locale.ROOT) : "failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoVector(i, "interrupted");
        }
    }

    /** A text has no vector. Never shows it. */
    static final class NoVector extends RuntimeException {

        private final int place;

        /** @param place of the text, from 0 */
        NoVector(int place, String why) {
            super(why);
            this.place = place;
        }

        int place() {
            return place;
        }
    }
}
