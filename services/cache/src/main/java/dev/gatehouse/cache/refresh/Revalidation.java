package dev.gatehouse.cache.refresh;

import dev.gatehouse.cache.answer.AnswerRecorder;
import dev.gatehouse.cache.answer.Recorded;
import dev.gatehouse.cache.answer.StoredAnswer;
import dev.gatehouse.cache.ask.PlaceholderNames;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.Values;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Asks again for what is stale: one call at a time for an entry, over all replicas, and none within a minute of the last, also where
 * that failed; boundedly many at the same time, and what is more is left for the next that asks. Thread-safe.
 */
public final class Revalidation implements AutoCloseable {

    /** What became of a call. */
    public enum Result {
        /** A new answer is kept. */ refreshed,
        /** The backend's answer is not one to keep. */ not_storable,
        /** The backend did not answer, or not in time. */ unreachable,
        /** The credential is not in the folder. */ no_credential,
        /** The store does not answer, or has no room. */ not_kept,
        /** Enough are under way. */ busy
    }

    /**
     * Where a revalidation runs.
     *
     * @param credentials folder with a file for each credential
     * @param shared      where replicas agree on who asks; a memory where there is one
     * @param atOnce      most calls at the same time
     */
    public record Place(HttpClient http, Optional<Path> credentials, Values shared, Keys keys, int atOnce) {

        private static final Duration CONNECT = Duration.ofSeconds(5);
        private static final int AT_ONCE = 16;

        /** Over HTTP/1.1, without following redirects; 16 calls at the same time. */
        public static Place of(Optional<Path> credentials, Values shared, Keys keys) {
            HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();
            return new Place(http, credentials, shared, keys, AT_ONCE);
        }
    }

    private static final Duration CALL = Duration.ofSeconds(60);
    private static final byte[] TAKEN = {1};
    private static final int CHUNK = 16 << 10;

    private final Place place;
    private final SemanticCache tiers;
    private final Semaphore room;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("revalidate").factory());

    public Revalidation(Place place, SemanticCache tiers) {
        this.place = place;
        this.tiers = tiers;
        this.room = new Semaphore(place.atOnce());
    }

    /**
     * Fetches a new answer, unless that is done already. Returns at once.
     *
     * @param told what became of it, on another thread; nothing where another does it
     */
    public void start(Stale stale, Consumer<Result> told) {
        if (room.tryAcquire()) {
            threads.execute(() -> run(stale, told));
        } else {
            told.accept(Result.busy);
        }
    }

    private void run(Stale stale, Consumer<Result> told) {
        try {
            if (isFirst(stale)) {
                told.accept(refresh(stale));
            }
        } catch (StateUnavailable e) {
            told.accept(Result.not_kept);
        } finally {
            room.release();
        }
    }

    private boolean isFirst(Stale stale) {
        Key entry = stale.question().entry();
        return place.shared().putIfAbsent(place.keys().key(entry.tag(), "cache", "refresh", entry.text()), TAKEN, CALL);
    }

    private Result refresh(Stale stale) {
        try {
            return switch (ask(stale, credential(stale))) {
                case Recorded.Complete complete -> kept(stale, complete.answer()) ? Result.refreshed : Result.not_kept;
                case Recorded.NotStorable not -> Result.not_storable;
            };
        } catch (NoCredential e) {
            return Result.no_credential;
        } catch (IOException | InterruptedException e) {
            return Result.unreachable;
        }
    }

    private boolean kept(Stale stale, StoredAnswer answer) {
        return tiers.store(stale.question(), answer.encoded(), PlaceholderNames.in(answer.text(), stale.question().placeholders()));
    }

    private static final class NoCredential extends Exception {
        private static final long serialVersionUID = 1L;

        NoCredential() {
            super("the credential is not there", null, false, false);
        }
    }

    private Optional<String> credential(Stale stale) throws NoCredential {
        if (stale.terms().credential().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(place.credentials().orElseThrow(NoCredential::new).resolve(stale.terms().credential().get())).strip());
        } catch (IOException e) {
            throw new NoCredential();
        }
    }

    private Recorded ask(Stale stale, Optional<String> credential) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(stale)).timeout(CALL).header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(stale.prompt().body()));
        stale.protocol().fields().forEach(field -> request.header(field.name(), field.value()));
        credential.ifPresent(value -> request.header(stale.terms().header(), value));
        HttpResponse<InputStream> response = place.http().send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return recorded(new AnswerRecorder(stale.prompt().format(), head(response), stale.maxBytes()), body);
        }
    }

    private static URI uri(Stale stale) {
        String backend = stale.terms().backend();
        return URI.create((backend.endsWith("/") ? backend.substring(0, backend.length() - 1) : backend) + stale.prompt().path());
    }

    private static Recorded recorded(AnswerRecorder recorder, InputStream body) throws IOException {
        byte[] buffer = new byte[CHUNK];
        for (int read = body.read(buffer); read >= 0 && !recorder.isGivenUp(); read = body.read(buffer)) {
            recorder.feed(Arrays.copyOf(buffer, read));
        }
        return recorder.end(Optional.empty());
    }

    private static ResponseHead head(HttpResponse<?> response) {
        List<Headers.Field> fields = new ArrayList<>();
        response.headers().map().forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
        return new ResponseHead(response.statusCode(), new Headers(fields), Map.of(), Metadata.empty());
    }

    /** Calls under way are given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
