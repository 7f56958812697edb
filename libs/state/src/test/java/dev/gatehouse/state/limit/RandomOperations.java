package dev.gatehouse.state.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import dev.gatehouse.state.limit.Algorithm.SlidingWindow;
import dev.gatehouse.state.limit.Algorithm.TokenBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Reservations, settlements, hits, changed limits and the passing of time in a random order, of a store and of naive buckets alike. */
final class RandomOperations {

    private record Reserved(ReservationId id, List<Claim> claims) {}

    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final LimitsContract store;
    private final Random random;
    private final List<Key> keys = IntStream.range(0, 4).mapToObj(i -> LimitsContract.fresh()).toList();
    private final Map<Key, NaiveBucket> naive = new HashMap<>();
    private final List<Reserved> reserved = new ArrayList<>();

    private RandomOperations(LimitsContract store, long seed) {
        this.store = store;
        this.random = new Random(seed);
        keys.forEach(key -> naive.put(key, new NaiveBucket()));
        advance(buckets());
    }

    static void run(LimitsContract store, long seed, int steps) {
        RandomOperations operations = new RandomOperations(store, seed);
        for (int i = 0; i < steps; i++) {
            operations.step();
        }
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> reserve();
            case 4, 5, 6 -> settle();
            case 7 -> add();
            case 8 -> compare();
            default -> store.pass(Duration.ofMillis(random.nextInt(10) == 0 ? random.nextLong(150_000) : random.nextLong(4_000)));
        }
    }

    /** All four, each of another kind, with limits that change from call to call. */
    private List<Bucket> buckets() {
        long amount = 500 + random.nextLong(1_000);
        return List.of(new Bucket(keys.get(0), new TokenBucket(1_000, WINDOW, amount)), new Bucket(keys.get(1), new SlidingWindow(amount, WINDOW)),
                new Bucket(keys.get(2), new FixedWindow(amount, WINDOW)), new Bucket(keys.get(3), new InFlight(amount)));
    }

    private List<Bucket> some() {
        List<Bucket> some = new ArrayList<>(buckets());
        some.removeIf(bucket -> random.nextBoolean());
        return some.isEmpty() ? List.of(buckets().getFirst()) : some;
    }

    private void advance(List<Bucket> buckets) {
        buckets.forEach(bucket -> naive.get(bucket.key()).advance(bucket.algorithm(), store.clock().toEpochMilli()));
    }

    private void reserve() {
        List<Claim> claims = some().stream().map(bucket -> new Claim(bucket, 100 + random.nextLong(100), random.nextLong(100))).toList();
        Reserved reservation = new Reserved(ReservationId.random(), claims);
        long expiry = random.nextBoolean() ? random.nextLong(1, 8_000) : 600_000;
        advance(claims.stream().map(Claim::bucket).toList());
        boolean fits = claims.stream().allMatch(claim -> naive.get(claim.bucket().key()).fits(claim.bucket().algorithm(), claim.estimate()));
        Decision decision = store.limits().reserve(reservation.id(), claims, Duration.ofMillis(expiry));
        assertThat(decision.admitted()).isEqualTo(fits);
        if (fits) {
            claims.forEach(claim -> naive.get(claim.bucket().key()).reserve(reservation.id().text(), claim.bucket().algorithm(), claim.estimate(),
                    claim.floor(), store.clock().toEpochMilli() + expiry));
            reserved.add(reservation);
        }
        check(claims.stream().map(Claim::bucket).toList(), decision.levels());
    }

    private void settle() {
        if (reserved.isEmpty()) {
            return;
        }
        Reserved reservation = reserved.get(random.nextInt(reserved.size()));
        List<Charge> charges = reservation.claims().stream().map(claim -> new Charge(claim, random.nextLong(300))).toList();
        List<Bucket> buckets = reservation.claims().stream().map(Claim::bucket).toList();
        advance(buckets);
        List<Settlement.Outcome> expected = charges.stream().map(charge -> naive.get(charge.claim().bucket().key())
                .settle(reservation.id().text(), charge.claim().bucket().algorithm(), charge.actual())).toList();
        List<Settlement> settlements = store.limits().settle(reservation.id(), charges);
        assertThat(settlements).extracting(Settlement::outcome).isEqualTo(expected);
        check(buckets, settlements.stream().map(Settlement::level).toList());
    }

    private void add() {
        List<Hit> hits = some().stream().map(bucket -> new Hit(bucket, random.nextLong(-50, 100))).toList();
        List<Bucket> buckets = hits.stream().map(Hit::bucket).toList();
        advance(buckets);
        hits.forEach(hit -> naive.get(hit.bucket().key()).add(hit.bucket().algorithm(), hit.amount()));
        check(buckets, store.limits().add(hits));
    }

    private void compare() {
        List<Bucket> buckets = buckets();
        advance(buckets);
        check(buckets, store.limits().peek(buckets));
    }

    private void check(List<Bucket> buckets, List<Level> levels) {
        for (int i = 0; i < buckets.size(); i++) {
            Level level = levels.get(i);
            assertThat(level.used() + level.reserved()).as("%s", buckets.get(i).algorithm())
                    .isEqualTo(naive.get(buckets.get(i).key()).spent(buckets.get(i).algorithm()));
        }
    }
}
