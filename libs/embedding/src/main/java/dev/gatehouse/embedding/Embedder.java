package dev.gatehouse.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.embedding.EmbeddingFailed.Reason;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Makes vectors of texts, on a bounded pool of platform threads. A caller, made to be a virtual thread, waits at most the deadline; a
 * text that nobody waits for any more is not begun. Thread-safe.
 *
 * <p>A long text is read in windows that overlap, and its vector is the mean of theirs; it is never cut. A text longer than the settings
 * allow is refused.
 */
public final class Embedder implements AutoCloseable {

    /** Another way to cut and to join windows gives other vectors: it is another model to those who compare. */
    private static final String FORM = "/1";
    private static final String WARM_UP = "How do I reset the password of my account, please? ";

    private static final int MOST_TURNS = 20;
    private static final long TURN_NANOS = 1_000_000;

    private final Encoder encoder;
    private final EmbedderSettings settings;
    private final TextHash hash;
    private final Cache<String, Int8Vector> recent;
    private final BlockingQueue<Job> queue;
    private final List<Thread> workers;
    /** For those who use the encoder aside from the pool. */
    private final Semaphore aside;
    private volatile boolean closed;
    private volatile boolean warm;

    private Embedder(Encoder encoder, EmbedderSettings settings, TextHash hash) {
        this.encoder = encoder;
        this.settings = settings;
        this.hash = hash;
        this.recent = Caffeine.newBuilder().maximumSize(settings.recentTexts()).executor(Runnable::run).build();
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.aside = new Semaphore(asideAtOnce(encoder));
        this.workers = IntStream.range(0, settings.threads())
                .mapToObj(i -> Thread.ofPlatform().name("embedding-" + i).daemon().start(this::work)).toList();
    }

    /**
     * Opens the encoder and starts the pool. An endpoint is not asked yet.
     *
     * @param hash under which recent texts are remembered: in a chain the one that all services share
     * @throws UnusableEncoder if the model's files cannot be used
     */
    public static Embedder open(EncoderSettings encoder, EmbedderSettings settings, KeyedHash hash) {
        return new Embedder(Encoder.open(encoder), settings, new TextHash(hash));
    }

    /** What its vectors are handed over as: only vectors of the same model are compared. */
    public String model() {
        return encoder.name() + FORM;
    }

    public int dimensions() {
        return encoder.dimensions();
    }

    /** Texts at once. */
    public int threads() {
        return settings.threads();
    }

    /** Texts that wait for a thread. */
    public int waiting() {
        return queue.size();
    }

    private static int asideAtOnce(Encoder encoder) {
        return encoder.batch() > 1 ? encoder.batch() : Runtime.getRuntime().availableProcessors();
    }

    /** Whether it has embedded its first text; tries it now, with the deadline, if not. A service is not ready before. */
    public boolean isReady() {
        if (!warm) {
            try {
                List.of(WARM_UP, WARM_UP.repeat(50)).forEach(text -> compute(text, settings.deadline()));
                warm = true;
            } catch (EmbeddingFailed e) {
                return false;
            }
        }
        return true;
    }

    /**
     * The vector of a text.
     *
     * @throws EmbeddingFailed if there is none, see {@link Reason}
     */
    public Int8Vector embed(String text) {
        return embed(text, settings.deadline());
    }

    /**
     * As {@link #embed(String)}, for a caller that waits no longer than {@code most}, or than the deadline where that is less.
     *
     * @throws EmbeddingFailed if there is none, see {@link Reason}
     */
    public Int8Vector embed(String text, Duration most) {
        String key = hash.of(text);
        Int8Vector known = recent.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Int8Vector vector = compute(text, most.compareTo(settings.deadline()) < 0 ? most : settings.deadline());
        recent.put(key, vector);
        return vector;
    }

    /**
     * The vector of a text that is no traffic's, e.g. an example of a policy: made on the caller's own thread, not remembered, and put off a
     * little while traffic waits. Of several callers as many are served at once as there are cores, or as an endpoint takes in a call. Not for
     * virtual threads, whose carriers an encoder in this process would keep.
     *
     * @throws EmbeddingFailed if there is none, see {@link Reason}
     */
    public Int8Vector embedAside(String text, Duration patience) {
        for (int turn = 0; turn < MOST_TURNS && waiting() > 0; turn++) {
            LockSupport.parkNanos(TURN_NANOS);
        }
        aside.acquireUninterruptibly();
        try {
            Job job = job(text, patience);
            encode(List.of(job));
            return job.await();
        } finally {
            aside.release();
        }
    }

    private Int8Vector compute(String text, Duration most) {
        Job job = job(text, most);
        if (!queue.offer(job)) {
            throw new EmbeddingFailed(Reason.QUEUE_FULL, settings.queue() + " texts are waiting to be embedded");
        }
        return job.await();
    }

    private Job job(String text, Duration most) {
        if (text.isBlank()) {
            throw new EmbeddingFailed(Reason.EMPTY, "the text is blank");
        }
        if (text.length() > settings.maxChars()) {
            throw new EmbeddingFailed(Reason.TOO_LONG, "the text has " + text.length() + " characters, more than " + settings.maxChars());
        }
        if (closed) {
            throw new EmbeddingFailed(Reason.CLOSED, "the embedder is closed");
        }
        return new Job(wellFormed(text), most);
    }

    /** Tokenizers and endpoints know no lone surrogates. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private void work() {
        try {
            while (!closed) {
                List<Job> jobs = new ArrayList<>(List.of(queue.take()));
                queue.drainTo(jobs, encoder.batch() - 1);
                encode(jobs.stream().filter(Job::isAwaited).toList());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void encode(List<Job> jobs) {
        List<Piece> pieces = jobs.stream().flatMap(job -> pieces(job).stream()).toList();
        for (int from = 0; from < pieces.size(); from += encoder.batch()) {
            encodeAwaited(pieces.subList(from, Math.min(from + encoder.batch(), pieces.size())));
        }
        jobs.forEach(Job::finish);
    }

    private List<Piece> pieces(Job job) {
        try {
            List<String> windows = encoder.windows(job.text());
            if (windows.size() > settings.maxWindows()) {
                throw new EmbeddingFailed(Reason.TOO_LONG, "the text has " + windows.size() + " windows, more than " + settings.maxWindows());
            }
            return windows.stream().map(window -> new Piece(job, window)).toList();
        } catch (RuntimeException e) {
            job.fail(e);
            return List.of();
        }
    }

    private void encodeAwaited(List<Piece> pieces) {
        List<Piece> awaited = pieces.stream().filter(piece -> piece.job().isAwaited()).toList();
        if (!awaited.isEmpty()) {
            encodeOrFail(awaited);
        }
    }

    private void encodeOrFail(List<Piece> pieces) {
        try {
            List<float[]> vectors = encoder.encode(pieces.stream().map(Piece::window).toList());
            IntStream.range(0, pieces.size()).forEach(i -> pieces.get(i).job().add(vectors.get(i)));
        } catch (EmbeddingFailed e) {
            if (e.isOfText() && pieces.size() > 1) {
                // One text that is refused takes nobody else's vector.
                pieces.forEach(piece -> encodeOrFail(List.of(piece)));
            } else {
                pieces.forEach(piece -> piece.job().fail(e));
            }
        } catch (RuntimeException e) {
            pieces.forEach(piece -> piece.job().fail(e));
        }
    }

    /** What waits is failed; what is being encoded ends, and is then failed or told. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        workers.forEach(Thread::interrupt);
        for (Thread worker : workers) {
            worker.join();
        }
        queue.forEach(job -> job.fail(new EmbeddingFailed(Reason.CLOSED, "the embedder was closed")));
        aside.acquireUninterruptibly(asideAtOnce(encoder));
        try {
            encoder.close();
        } finally {
            aside.release(asideAtOnce(encoder));
        }
    }

    /** A window of a text that is waited for. Never shows it. */
    private record Piece(Job job, String window) {
        @Override
        public String toString() {
            return "Piece";
        }
    }
}
