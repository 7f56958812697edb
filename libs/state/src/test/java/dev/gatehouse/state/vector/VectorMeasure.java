package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The figures of {@code docs/embedding.md}. No test: it is run by its name. Vectors are synthetic, in groups, as texts lie. */
class VectorMeasure {

    private static final int ASKED = 400;
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void inMemory() {
        for (int number : new int[] {1_000, 4_000, 20_000, 100_000}) {
            List<Int8Vector> vectors = clustered(number);
            long before = usedHeap();
            try (MemoryVectors store = new MemoryVectors(number, number)) {
                Key set = VectorsContract.set();
                fill(store, set, vectors);
                untilFast(() -> store.nearest(set, vectors.getFirst(), 4));
                long used = usedHeap() - before;
                report("memory, " + number + " entries", store, set, vectors);
                // The vectors themselves are shared with this test's list.
                System.out.printf("  %d bytes an entry beside its vector of %d bytes%n", used / number, 384 + 40);
            }
            exact(vectors);
        }
    }

    /** Until the graph is made: a few searches take as long as a graph takes, for at most three minutes. */
    private static void untilFast(Runnable search) {
        long begin = System.nanoTime();
        for (int fast = 0; fast < 50 && System.nanoTime() - begin < 180e9; ) {
            long asked = System.nanoTime();
            search.run();
            fast = System.nanoTime() - asked < 2_000_000 ? fast + 1 : 0;
        }
        System.out.printf("searched fast after %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }

    private static void exact(List<Int8Vector> vectors) {
        double[] took = new double[60];
        for (int i = 0; i < took.length; i++) {
            long begin = System.nanoTime();
            assertThat(nearest(vectors, vectors.get(i))).isPositive();
            took[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(took);
        System.out.printf("  read whole: p50 %.2f ms%n", took[took.length / 2]);
    }

    private static double nearest(List<Int8Vector> vectors, Int8Vector asked) {
        double best = -1;
        for (Int8Vector vector : vectors) {
            best = Math.max(best, asked.cosine(vector));
        }
        return best;
    }

    @Test
    void inRedis() throws Exception {
        for (Quantisation quantisation : Quantisation.values()) {
            redis(quantisation, 10_000);
        }
        redis(Quantisation.INT8, 100_000);
    }

    @Test
    void smallSetsInRedis() throws Exception {
        withRedis((server, state) -> {
            Vectors store = new RedisVectors(state, Quantisation.INT8, 100);
            long before = usedMemory(server);
            List<Int8Vector> vectors = clustered(2_000);
            vectors.forEach(vector -> {
                Key set = VectorsContract.set();
                store.put(set, VectorsContract.entry(set, "one"), vector, new byte[100], LONG);
            });
            System.out.printf("redis, 2000 sets of one entry: %d bytes each, with its value of 100%n", (usedMemory(server) - before) / 2_000);
        });
    }

    /** One owner's entries, without a vector and with one, each with a value of 1,000 bytes. */
    @Test
    void stock() throws Exception {
        for (int number : new int[] {10_000, 100_000}) {
            long before = usedHeap();
            try (MemoryStock stock = new MemoryStock(1L << 40)) {
                stockIn("memory", stock, number);
                untilFast(() -> stock.nearest(OWNED.owner(), OWNED.set(), VectorsContract.vector(1, 1), 4));
                System.out.printf("memory stock, %d entries: %d bytes each%n", number, (usedHeap() - before) / number);
                ask("memory", stock, number);
            }
            withRedis((server, state) -> {
                long empty = usedMemory(server);
                Stock stock = new RedisStock(state, Quantisation.INT8);
                stockIn("redis", stock, number);
                System.out.printf("redis stock, %d entries: %d bytes each%n", number, (usedMemory(server) - empty) / number);
                ask("redis", stock, number);
            });
        }
    }

    /** Adversarial: 200,000 random entries through a cap of 20,000. */
    @Test
    void flood() throws Exception {
        try (MemoryStock stock = new MemoryStock(1L << 40)) {
            flood("memory", stock);
        }
        withRedis((server, state) -> flood("redis", new RedisStock(state, Quantisation.INT8)));
    }

    private static final StockContract.Owned OWNED = StockContract.Owned.anew();

    private static Stock.Item item(String name, Int8Vector vector) {
        return new Stock.Item(OWNED.owner(), OWNED.set(), OWNED.entry(name), "model", Optional.of(vector), new byte[1_000], LONG);
    }

    private static void stockIn(String where, Stock stock, int number) {
        Random random = new Random(11);
        List<float[]> centres = IntStream.range(0, 500).mapToObj(i -> VectorsContract.random(random).floats()).toList();
        long begin = System.nanoTime();
        for (int i = 0; i < number; i++) {
            stock.put(item("" + i, near(centres.get(i % 500), random, 0.7f)), new Stock.Caps(number, 1L << 40));
        }
        System.out.printf("%s stock: %d puts, %.3f ms each%n", where, number, (System.nanoTime() - begin) / 1e6 / number);
    }

    private static void ask(String where, Stock stock, int number) {
        Random random = new Random(5);
        List<Int8Vector> asked = IntStream.range(0, 2 * ASKED).mapToObj(i -> VectorsContract.random(random)).toList();
        System.out.printf("%s stock, %d entries: nearest 4 %s, by key %s%n", where, number,
                took(2 * ASKED, i -> stock.nearest(OWNED.owner(), OWNED.set(), asked.get(i), 4)),
                took(2 * ASKED, i -> stock.get(OWNED.owner(), OWNED.entry("" + i))));
    }

    private static void flood(String where, Stock stock) {
        Stock.Caps caps = new Stock.Caps(20_000, 1L << 40);
        List<Int8Vector> useful = clustered(2_000);
        for (int i = 0; i < useful.size(); i++) {
            stock.put(item("useful " + i, useful.get(i)), caps);
            stock.used(OWNED.owner(), OWNED.entry("useful " + i));
        }
        told(where + ", before", stock, useful);
        Random random = new Random(19);
        long begin = System.nanoTime();
        IntStream.range(0, 200_000).forEach(i -> stock.put(item("" + i, VectorsContract.random(random)), caps));
        System.out.printf("%s: 200,000 puts, %.3f ms each%n", where, (System.nanoTime() - begin) / 1e6 / 200_000);
        told(where + ", after 200,000 random entries", stock, useful);
    }

    private static void told(String when, Stock stock, List<Int8Vector> useful) {
        Random random = new Random(7);
        int[] found = new int[1];
        String took = took(useful.size(), i -> {
            Int8Vector asked = near(useful.get(i).floats(), random, 0.3f * useful.get(i).scale() * 40);
            found[0] += stock.nearest(OWNED.owner(), OWNED.set(), asked, 4).stream().anyMatch(one -> one.entry().equals(OWNED.entry("useful " + i))) ? 1 : 0;
        });
        System.out.printf("%s: %d entries, %.1f %% of what is of use found, %s%n", when, stock.kept(OWNED.owner()).entries(),
                100.0 * found[0] / useful.size(), took);
    }

    private static String took(int times, IntConsumer work) {
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            work.accept(i);
            took[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(took);
        return String.format("p50 %.2f ms, p99 %.2f ms", took[times / 2], took[times * 99 / 100]);
    }

    private static void redis(Quantisation quantisation, int number) throws Exception {
        withRedis((server, state) -> {
            Vectors store = new RedisVectors(state, quantisation, number);
            List<Int8Vector> vectors = clustered(number);
            Key set = VectorsContract.set();
            long before = usedMemory(server);
            fill(store, set, vectors);
            long used = usedMemory(server) - before;
            report("redis, " + quantisation + ", " + number + " entries", store, set, vectors);
            System.out.printf("  %d bytes an entry, with its value of 10%n", used / number);
        });
    }

    private interface Work {
        void on(RedisServer server, RedisState state) throws Exception;
    }

    private static void withRedis(Work work) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisServer server = RedisServer.start();
                RedisState state = new RedisState(vertx, RedisSettings.standalone(server.url()).withDeadline(Duration.ofSeconds(20)))) {
            work.on(server, state);
        } finally {
            vertx.close();
        }
    }

    private static void fill(Vectors store, Key set, List<Int8Vector> vectors) {
        long begin = System.nanoTime();
        for (int i = 0; i < vectors.size(); i++) {
            store.put(set, VectorsContract.entry(set, "" + i), vectors.get(i), VectorsContract.bytes("" + i), LONG);
        }
        System.out.printf("%d puts, %.3f ms each%n", vectors.size(), (System.nanoTime() - begin) / 1e6 / vectors.size());
    }

    private static void report(String what, Vectors store, Key set, List<Int8Vector> vectors) {
        Random random = new Random(3);
        List<Int8Vector> asked = IntStream.range(0, ASKED).mapToObj(i -> near(vectors.get(random.nextInt(vectors.size())).floats(), random, 0.01f)).toList();
        asked.forEach(vector -> store.nearest(set, vector, 4));
        double[] took = new double[ASKED];
        double error = 0;
        int found = 0;
        for (int i = 0; i < ASKED; i++) {
            long begin = System.nanoTime();
            List<Neighbour> neighbours = store.nearest(set, asked.get(i), 4);
            took[i] = (System.nanoTime() - begin) / 1e6;
            if (i < 100) {
                found += hits(vectors, asked.get(i), neighbours);
                error = Math.max(error, error(vectors, asked.get(i), neighbours));
            }
        }
        Arrays.sort(took);
        System.out.printf("%s: nearest 4 p50 %.2f ms, p99 %.2f ms, found %.1f %% of the true four, cosine off by at most %.4f%n", what,
                took[ASKED / 2], took[ASKED * 99 / 100], found / 4.0, error);
    }

    private static int hits(List<Int8Vector> vectors, Int8Vector asked, List<Neighbour> neighbours) {
        double[] cosines = vectors.stream().mapToDouble(asked::cosine).toArray();
        List<Integer> nearest = IntStream.range(0, cosines.length).boxed().sorted(Comparator.comparingDouble(i -> -cosines[i])).limit(4).toList();
        return (int) neighbours.stream().map(VectorMeasure::number).filter(nearest::contains).count();
    }

    private static double error(List<Int8Vector> vectors, Int8Vector asked, List<Neighbour> neighbours) {
        return neighbours.stream().mapToDouble(one -> Math.abs(one.cosine() - asked.cosine(vectors.get(number(one))))).max().orElse(0);
    }

    private static int number(Neighbour one) {
        return Integer.parseInt(new String(one.value()));
    }

    private static long usedMemory(RedisServer server) {
        String script = "local m = redis.call('INFO', 'memory') return tonumber(string.match(m, 'used_memory:(%d+)'))";
        return Long.parseLong(server.command("EVAL", script, "0").substring(1));
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static List<Int8Vector> clustered(int number) {
        Random random = new Random(11);
        List<float[]> centres = IntStream.range(0, 500).mapToObj(i -> VectorsContract.random(random).floats()).toList();
        return IntStream.range(0, number).mapToObj(i -> near(centres.get(i % 500), random, 0.7f)).toList();
    }

    private static Int8Vector near(float[] centre, Random random, float distance) {
        float[] vector = centre.clone();
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) random.nextGaussian() * distance;
        }
        return Int8Vector.of(vector);
    }
}
