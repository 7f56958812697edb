package dev.gatehouse.state.limit;

import dev.gatehouse.state.RedisNodes;
import dev.gatehouse.state.RedisServer;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What limits cost. Not a test: {@code ./mvnw -q -pl libs/state -am test -Dtest=LimitsMeasureRedis
 * -Dsurefire.failIfNoSpecifiedTests=false} prints the figures of docs/state.md. {@code -DargLine=-Dkeys=1000000} sets the number of keys.
 */
class LimitsMeasureRedis {

    private static final int IN_FLIGHT = 32;
    private static final int WITH_BUDGET = 8;
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void callsPerSecond() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisServer server = RedisServer.start(); RedisState state = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 2))) {
            for (Limits limits : List.of(new RedisLimits(state), new MemoryLimits(100_000))) {
                String name = limits.getClass().getSimpleName();
                List<Bucket> windows = buckets(new FixedWindow(Limits.MAX_AMOUNT, DAY));
                List<Bucket> tokens = buckets(new TokenBucket(Limits.MAX_AMOUNT, DAY, Limits.MAX_AMOUNT));
                for (int round = 0; round < 2; round++) {
                    measure(name + " add to one window", () -> limits.add(List.of(new Hit(any(windows), 1))));
                    measure(name + " reserve one", () -> limits.reserve(ReservationId.random(), List.of(new Claim(any(tokens), 10, 1)), DAY));
                    measure(name + " reserve and settle one", () -> reserveAndSettle(limits, List.of(new Claim(any(tokens), 10, 1))));
                    measure(name + " reserve and settle four", () -> reserveAndSettle(limits, four(tokens)));
                }
            }
        }
        vertx.close();
    }

    /**
     * A tenant whose budget is spent goes on asking, and each time takes from a global limit what it gives back. Another with budget never
     * holds more than the global limit has, so that each refusal of it is false.
     */
    @Test
    void falseRefusalsInACluster() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RedisNodes cluster = RedisNodes.start()) {
            for (int room : new int[] {IN_FLIGHT, 0, IN_FLIGHT / 4, IN_FLIGHT / 2, 3 * IN_FLIGHT / 4, IN_FLIGHT}) {
                try (RedisState state = new RedisState(vertx, RedisSettings.cluster(cluster.urls()).withDeadline(Duration.ofSeconds(5)))) {
                    falseRefusals(new RedisLimits(state), room);
                }
            }
        }
        vertx.close();
    }

    private static void falseRefusals(Limits limits, int room) throws Exception {
        Bucket global = ofOwnSlot(WITH_BUDGET + room);
        List<Claim> spent = List.of(new Claim(ofOwnSlot(0), 1, 0), new Claim(global, 1, 0));
        List<Claim> free = List.of(new Claim(ofOwnSlot(WITH_BUDGET), 1, 0), new Claim(global, 1, 0));
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var noise = IntStream.range(0, IN_FLIGHT).mapToObj(i -> callers.submit(() -> refusals(limits, spent, end))).toList();
            var asked = IntStream.range(0, WITH_BUDGET).mapToObj(i -> callers.submit(() -> refusals(limits, free, end))).toList();
            long[] wrong = {0, 0};
            for (var caller : asked) {
                wrong[0] += caller.get()[0];
                wrong[1] += caller.get()[1];
            }
            long right = 0;
            for (var caller : noise) {
                right += caller.get()[0];
            }
            System.out.printf("cluster, room for %d of %d about to be refused: %,d rightly refused; of %,d others %,d falsely, %.2f %%; reserved at the end %d%n",
                    room, IN_FLIGHT, right, wrong[1], wrong[0], 100.0 * wrong[0] / wrong[1], limits.peek(List.of(global)).getFirst().reserved());
        }
    }

    private static Bucket ofOwnSlot(long amount) {
        return new Bucket(LimitsContract.KEYS.key(UUID.randomUUID().toString(), "limit"), new FixedWindow(amount, DAY));
    }

    /** Of one caller: how many of its requests were refused, and how many it made. */
    private static long[] refusals(Limits limits, List<Claim> claims, long end) {
        long refused = 0;
        long made = 0;
        for (; System.nanoTime() < end; made++) {
            ReservationId id = ReservationId.random();
            if (limits.reserve(id, claims, DAY).admitted()) {
                limits.settle(id, claims.stream().map(claim -> new Charge(claim, 0)).toList());
            } else {
                refused++;
            }
        }
        return new long[] {refused, made};
    }

    @Test
    void bytesPerKey() throws Exception {
        int keys = Integer.getInteger("keys", 100_000);
        Vertx vertx = Vertx.vertx();
        try (RedisServer server = RedisServer.start(); RedisState state = new RedisState(vertx, new RedisSettings(server.url(), Duration.ofSeconds(5), 2))) {
            Bucket sample = new Bucket(LimitsContract.fresh(), new FixedWindow(100, DAY));
            RedisLimits redis = new RedisLimits(state);
            redis.reserve(ReservationId.random(), List.of(new Claim(sample, 10, 1)), DAY);
            System.out.printf("MEMORY USAGE of a bucket %s, of one reservation of it %s%n", server.command("MEMORY", "USAGE", sample.key().text()),
                    server.command("MEMORY", "USAGE", sample.key().text() + ":held"));
            long before = redisMemory(server);
            fill(redis, keys);
            System.out.printf("Redis, %,d keys: %d bytes a key%n", keys, (redisMemory(server) - before) / keys);
        }
        vertx.close();
        Limits memory = new MemoryLimits(2L * keys);
        long before = heap();
        fill(memory, keys);
        System.out.printf("In process, %,d keys: %d bytes a key%n", keys, (heap() - before) / keys);
        memory.peek(buckets(new FixedWindow(100, DAY)));
    }

    private static void fill(Limits limits, int keys) {
        for (int i = 0; i < keys; i += 100) {
            limits.add(IntStream.range(0, 100).mapToObj(j -> new Hit(new Bucket(LimitsContract.fresh(), new FixedWindow(100, DAY)), 1)).toList());
        }
    }

    private static long redisMemory(RedisServer server) {
        return Long.parseLong(server.command("INFO", "memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1"));
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<Settlement> reserveAndSettle(Limits limits, List<Claim> claims) {
        ReservationId id = ReservationId.random();
        limits.reserve(id, claims, DAY);
        return limits.settle(id, claims.stream().map(claim -> new Charge(claim, 3)).toList());
    }

    private static List<Claim> four(List<Bucket> buckets) {
        int first = ThreadLocalRandom.current().nextInt(buckets.size() - 4);
        return IntStream.range(0, 4).mapToObj(i -> new Claim(buckets.get(first + i), 10, 1)).toList();
    }

    private static List<Bucket> buckets(Algorithm algorithm) {
        return IntStream.range(0, 1000).mapToObj(i -> new Bucket(LimitsContract.fresh(), algorithm)).toList();
    }

    private static Bucket any(List<Bucket> buckets) {
        return buckets.get(ThreadLocalRandom.current().nextInt(buckets.size()));
    }

    private static void measure(String what, Callable<?> call) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        List<long[]> times = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                long[] mine = repeat(call, end);
                synchronized (times) {
                    times.add(mine);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf("%-45s %,9d/s  p50 %6.3f ms  p99 %6.3f ms%n", what, all.length / 3, all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
    }

    private static long[] repeat(Callable<?> call, long end) {
        long[] nanos = new long[4_000_000 / IN_FLIGHT];
        int count = 0;
        for (long before = System.nanoTime(); before < end && count < nanos.length;) {
            try {
                call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            long now = System.nanoTime();
            nanos[count++] = now - before;
            before = now;
        }
        return Arrays.copyOf(nanos, count);
    }
}
