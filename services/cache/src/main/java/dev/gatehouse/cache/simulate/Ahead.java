package dev.gatehouse.cache.simulate;

import dev.gatehouse.cache.ask.Vectoriser;
import dev.gatehouse.cache.tier.TextVector;
import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.exchange.Int8Vector;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Embeds the texts of rows to come, while earlier ones are decided. Few at once, so that live traffic waits for at most one text more on
 * each thread of the embedder.
 */
final class Ahead implements Vectoriser, AutoCloseable {

    // The embedder's queue may be full of live texts, and a text may then be late: no reason to decide otherwise than live traffic on a good day.
    private static final int ATTEMPTS = 20;

    private final Vectoriser embedder;
    private final ExecutorService pool;

    /** @param atOnce texts */
    Ahead(Vectoriser embedder, int atOnce) {
        this.embedder = embedder;
        this.pool = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("simulate-", 0).factory());
    }

    @Override
    public Text of(String text) {
        return new Text(embedder.of(text));
    }

    /** A vector that is made when it is begun, or first asked for. */
    final class Text implements TextVector {

        private final FutureTask<Int8Vector> vector;

        private Text(TextVector vector) {
            this.vector = new FutureTask<>(() -> patiently(vector));
        }

        void begin() {
            pool.execute(vector);
        }

        @Override
        public Int8Vector get() {
            vector.run();
            try {
                return vector.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof EmbeddingFailed failed ? failed : new IllegalStateException("embedding failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for an embedding", e);
            }
        }
    }

    private static Int8Vector patiently(TextVector vector) {
        for (int attempt = 1; ; attempt++) {
            try {
                return vector.get();
            } catch (EmbeddingFailed e) {
                if (e.isOfText() || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
