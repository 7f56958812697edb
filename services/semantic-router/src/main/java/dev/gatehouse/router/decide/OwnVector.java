package dev.gatehouse.router.decide;

import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.exchange.Int8Vector;
import java.util.function.Supplier;

/** A text's vector, asked for at most once, also where there is none: nobody waits for it twice. For one thread. */
final class OwnVector implements Supplier<Int8Vector> {

    private final Supplier<Int8Vector> source;
    private Int8Vector vector;
    private EmbeddingFailed failed;

    OwnVector(Supplier<Int8Vector> source) {
        this.source = source;
    }

    /** @throws EmbeddingFailed the same each time */
    @Override
    public Int8Vector get() {
        if (vector == null && failed == null) {
            ask();
        }
        if (failed != null) {
            throw failed;
        }
        return vector;
    }

    private void ask() {
        try {
            vector = source.get();
        } catch (EmbeddingFailed e) {
            failed = e;
        }
    }
}
