package dev.gatehouse.embedding;

import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import dev.gatehouse.exchange.Int8Vector;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A text on its way to a vector. One worker at a time adds to it; never shows the text. */
final class Job {

    private final String text;
    private final Duration deadline;
    private final long end;
    private final CompletableFuture<Int8Vector> vector = new CompletableFuture<>();
    private float[] sum;

    Job(String text, Duration deadline) {
        this.text = text;
        this.deadline = deadline;
        this.end = System.nanoTime() + deadline.toNanos();
    }

    String text() {
        return text;
    }

    /** Whether somebody still waits for the answer. */
    boolean isAwaited() {
        return !vector.isDone() && System.nanoTime() < end;
    }

    /** @throws EmbeddingFailed what it ended with, or DEADLINE */
    Int8Vector await() {
        try {
            return vector.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddingFailed(Reason.DEADLINE, "interrupted while waiting for an embedding");
        } finally {
            vector.cancel(false);
        }
    }

    /** A copy: one failure may be that of several texts, and each is thrown in another thread. */
    private static EmbeddingFailed failed(Throwable cause) {
        return cause instanceof EmbeddingFailed known
                ? new EmbeddingFailed(known.reason(), known.getMessage())
                : new EmbeddingFailed(Reason.MODEL, "embedding failed: " + cause.getClass().getSimpleName());
    }

    private EmbeddingFailed late() {
        return new EmbeddingFailed(Reason.DEADLINE, "no embedding within " + deadline.toMillis() + " ms");
    }

    void fail(RuntimeException failure) {
        vector.completeExceptionally(failure);
    }

    /** The vector of one window, each with the same weight whatever its length. */
    void add(float[] window) {
        float length = length(window);
        if (sum == null) {
            sum = new float[window.length];
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += window[i] / length;
        }
    }

    private static float length(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += component * component;
        }
        return (float) Math.sqrt(squares);
    }

    /** All windows are in. */
    void finish() {
        if (!isAwaited() || sum == null) {
            fail(late());
            return;
        }
        try {
            vector.complete(Int8Vector.of(sum));
        } catch (IllegalArgumentException e) {
            fail(new EmbeddingFailed(Reason.WRONG_VECTOR, e.getMessage()));
        }
    }
}
