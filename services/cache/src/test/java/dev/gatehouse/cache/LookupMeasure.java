package dev.gatehouse.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.api.Written;
import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Reading;
import dev.gatehouse.cache.ask.RequestReader;
import dev.gatehouse.cache.bound.AdaptiveBound;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.TextVerifier;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.vector.MemoryStock;
import dev.gatehouse.state.vector.Quantisation;
import dev.gatehouse.state.vector.RedisStock;
import dev.gatehouse.state.vector.Stock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * How long a look-up takes among many entries: what {@code bench/run-cache} runs. No test: it is run by its name, with the system properties
 * {@code questions} (a file, one a line), {@code entries}, {@code out} (a file for the figures), and {@code redis} (a URL; memory without).
 */
class LookupMeasure {

    private static final KeyedHash HASH = KeyedHash.random();
    private static final Duration LONG = Duration.ofHours(3);
    private static final CompiledCache POLICY = Caches.of("capacity: {entries: 1000000, bytes: 2147483647}");

    private final Asker asker = new Asker(HASH, "measure");
    private final RequestReader reader = new RequestReader(1 << 20);

    @Test
    void lookUps() throws Exception {
        List<String> questions = Files.readAllLines(Path.of(System.getProperty("questions")));
        int entries = Integer.getInteger("entries", 100_000);
        Vertx vertx = Vertx.vertx();
        Optional<RedisState> redis = Optional.ofNullable(System.getProperty("redis"))
                .map(url -> new RedisState(vertx, RedisSettings.standalone(url).withDeadline(Duration.ofSeconds(20))));
        // Nothing is remembered: each look-up makes its vector.
        EmbedderSettings settings = new EmbedderSettings(1, 64, Duration.ofSeconds(20), 16, 0);
        try (MemoryStock memory = new MemoryStock(1L << 40); Embedder embedder = Embedder.open(EncoderSettings.standard(), settings, HASH)) {
            Stock stock = redis.<Stock>map(state -> new RedisStock(state, Quantisation.INT8)).orElse(memory);
            SemanticCache cache = new SemanticCache(stock, new TextVerifier(), AdaptiveBound.alone(), Sealer.NONE, InstantSource.system());
            fill(stock, question(embedder, questions.getFirst()), entries);
            ObjectNode figures = measure(embedder, cache, questions).put("entries", entries).put("store", redis.isPresent() ? "Redis" : "memory");
            Files.writeString(Path.of(System.getProperty("out")), figures.toString());
        } finally {
            redis.ifPresent(RedisState::close);
            vertx.close();
        }
    }

    private ObjectNode measure(Embedder embedder, SemanticCache cache, List<String> questions) throws Exception {
        for (int i = 0; i < 200; i++) {
            cache.lookup(question(embedder, "Warm up number " + i + ": " + questions.get(i % questions.size())));
        }
        ObjectNode figures = new ObjectMapper().createObjectNode();
        put(figures, "embedding_ms", timed(questions, text -> embedder.embed(text + " ")));
        put(figures, "miss_ms", timed(questions, text -> expect(Outcome.Miss.class, cache.lookup(question(embedder, text)))));
        for (String text : questions) {
            cache.store(question(embedder, text), new byte[500], Set.of());
        }
        put(figures, "exact_ms", timed(questions, text -> expect(Outcome.Hit.class, cache.lookup(question(embedder, text)))));
        put(figures, "near_ms", timed(questions, text -> cache.lookup(question(embedder, "Please tell me: " + text))));
        return figures;
    }

    private interface Work {
        Object on(String text) throws IOException;
    }

    private static double[] timed(List<String> questions, Work work) throws IOException {
        double[] took = new double[questions.size()];
        for (int i = 0; i < took.length; i++) {
            long began = System.nanoTime();
            work.on(questions.get(i));
            took[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(took);
        return took;
    }

    private static void put(ObjectNode figures, String name, double[] took) {
        figures.putObject(name).put("p50", took[took.length / 2]).put("p99", took[took.length * 99 / 100]);
    }

    private static Outcome expect(Class<? extends Outcome> kind, Outcome outcome) {
        if (!kind.isInstance(outcome)) {
            throw new AssertionError("expected a " + kind.getSimpleName() + ", was " + outcome.getClass().getSimpleName());
        }
        return outcome;
    }

    private Question question(Embedder embedder, String text) throws IOException {
        ObjectNode document = Written.JSON.createObjectNode().put("text", text).put("principal", "ann");
        Written written = Written.read(Written.JSON.writeValueAsBytes(document));
        Reading.Prompt prompt = (Reading.Prompt) written.request(reader);
        return ((Ask.Cacheable) asker.ask(POLICY, prompt.request(), written.circumstances(Optional.empty(), ""), asked -> () -> embedder.embed(asked))).question();
    }

    /** Directions as far apart as chance makes them, so that none is near a question. */
    private static void fill(Stock stock, Question like, int entries) throws Exception {
        Random random = new Random(20261128);
        Keys keys = new Keys(HASH);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Boolean>> puts = new ArrayList<>();
            for (int i = 0; i < entries; i++) {
                Stock.Item item = new Stock.Item(like.owner(), like.set(), keys.key(like.owner().tag(), "cache", "filler", "" + i), "filler",
                        Optional.of(random(random)), new byte[500], LONG);
                puts.add(threads.submit((Callable<Boolean>) () -> stock.put(item, like.terms().caps())));
                if (puts.size() == 512) {
                    await(puts);
                }
            }
            await(puts);
        }
    }

    private static void await(List<Future<Boolean>> puts) throws Exception {
        for (Future<Boolean> put : puts) {
            put.get();
        }
        puts.clear();
    }

    private static Int8Vector random(Random random) {
        float[] vector = new float[384];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Int8Vector.of(vector);
    }
}
