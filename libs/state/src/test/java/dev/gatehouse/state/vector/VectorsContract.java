package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of vectors does alike. */
interface VectorsContract {

    Duration LONG = Duration.ofMinutes(10);
    Duration SHORT = Duration.ofMillis(60);
    Keys KEYS = new Keys(KeyedHash.of("a secret of the tests only".getBytes(StandardCharsets.UTF_8)));
    int DIMENSIONS = 384;

    /** A store whose sets hold 10,000 entries. */
    Vectors vectors();

    /** One that shares nothing with it but the server. */
    Vectors withSetsOf(int maxEntries);

    @Test
    default void theNearestComesFirstWithItsValueAndTheTrueCosine() {
        Key set = set();
        put(set, "east", vector(1, 0), LONG);
        put(set, "north-east", vector(1, 1), LONG);
        put(set, "north", vector(0, 1), LONG);
        put(set, "west", vector(-1, 0), LONG);
        List<Neighbour> found = vectors().nearest(set, vector(1, 0), 4);
        assertThat(found).extracting(VectorsContract::text).containsExactly("east", "north-east", "north", "west");
        assertThat(found).extracting(Neighbour::entry).containsExactly(entry(set, "east"), entry(set, "north-east"), entry(set, "north"), entry(set, "west"));
        assertThat(cosines(found)).containsExactly(new double[] {1, Math.sqrt(0.5), 0, -1}, within(0.01));
        assertThat(vectors().nearest(set, vector(1, 0), 2)).hasSize(2);
    }

    @Test
    default void cosinesAreThoseOfTheInt8Vectors() {
        Key set = set();
        Random random = new Random(7);
        List<Int8Vector> vectors = IntStream.range(0, 50).mapToObj(i -> random(random)).toList();
        IntStream.range(0, 50).forEach(i -> put(set, "" + i, vectors.get(i), LONG));
        Int8Vector asked = vectors.get(3);
        for (Neighbour found : vectors().nearest(set, asked, 50)) {
            assertThat(found.cosine()).isCloseTo(asked.cosine(vectors.get(Integer.parseInt(text(found)))), within(0.002));
        }
    }

    @Test
    default void theLengthOfAVectorDoesNotMatter() {
        Key set = set();
        put(set, "long", Int8Vector.of(new float[] {3000, 4000}), LONG);
        assertThat(vectors().nearest(set, Int8Vector.of(new float[] {0.003f, 0.004f}), 1).getFirst().cosine()).isCloseTo(1, within(0.001));
    }

    @Test
    default void anotherHardKeyIsAnotherSet() {
        Key tenantA = set();
        Key tenantB = set();
        put(tenantA, "secret of A", vector(1, 0), LONG);
        assertThat(vectors().nearest(tenantB, vector(1, 0), 10)).isEmpty();
        put(tenantB, "of B", vector(1, 0), LONG);
        assertThat(vectors().nearest(tenantB, vector(1, 0), 10)).extracting(VectorsContract::text).containsExactly("of B");
    }

    @Test
    default void anEmptySetHasNoNeighbours() {
        assertThat(vectors().nearest(set(), vector(1, 0), 5)).isEmpty();
        assertThat(vectors().size(set())).isZero();
        assertThat(vectors().clear(set())).isZero();
    }

    @Test
    default void anEntryWhoseValueHasExpiredIsAMissAndIsRemoved() {
        Key set = set();
        put(set, "stays", vector(0, 1), LONG);
        put(set, "goes", vector(1, 0), SHORT);
        put(set, "goes too", vector(1, 0.1f), SHORT);
        await(() -> vectors().nearest(set, vector(1, 0), 1).stream().noneMatch(found -> text(found).startsWith("goes")));
        assertThat(vectors().nearest(set, vector(1, 0), 1)).as("and does not hide what lives").extracting(VectorsContract::text).containsExactly("stays");
        assertThat(vectors().size(set)).isEqualTo(1);
    }

    @Test
    default void aSetGoesWithItsLastValue() {
        Key set = set();
        put(set, "a", vector(1, 0), SHORT);
        put(set, "b", vector(0, 1), SHORT);
        await(() -> vectors().size(set) == 0);
    }

    @Test
    default void puttingAgainReplacesVectorValueAndTime() {
        Key set = set();
        Key entry = entry(set, "one");
        vectors().put(set, entry, vector(1, 0), bytes("first"), SHORT);
        vectors().put(set, entry, vector(0, 1), bytes("second"), LONG);
        Key witness = set();
        put(witness, "short", vector(1, 0), SHORT);
        await(() -> vectors().nearest(witness, vector(1, 0), 1).isEmpty());
        List<Neighbour> found = vectors().nearest(set, vector(1, 0), 5);
        assertThat(found).extracting(VectorsContract::text).containsExactly("second");
        assertThat(found.getFirst().cosine()).isCloseTo(0, within(0.01));
        assertThat(vectors().size(set)).isEqualTo(1);
    }

    @Test
    default void whatIsRemovedIsNotFound() {
        Key set = set();
        put(set, "a", vector(1, 0), LONG);
        put(set, "b", vector(1, 0), LONG);
        assertThat(vectors().remove(set, entry(set, "a"))).isTrue();
        assertThat(vectors().remove(set, entry(set, "a"))).isFalse();
        assertThat(vectors().nearest(set, vector(1, 0), 5)).extracting(VectorsContract::text).containsExactly("b");
    }

    @Test
    default void aSetIsCleared() {
        Key set = set();
        Random random = new Random(1);
        IntStream.range(0, 600).forEach(i -> put(set, "" + i, random(random), LONG));
        assertThat(vectors().clear(set)).isEqualTo(600);
        assertThat(vectors().size(set)).isZero();
        put(set, "new", Int8Vector.of(new float[] {1, 2, 3}), LONG);
        assertThat(vectors().nearest(set, Int8Vector.of(new float[] {1, 2, 3}), 9)).as("of other dimensions even").hasSize(1);
    }

    @Test
    default void aFullSetLosesWhatWouldSoonestExpire() {
        Vectors small = withSetsOf(10);
        Key set = set();
        for (int i = 0; i < 10; i++) {
            small.put(set, entry(set, "" + i), vector(1, i), bytes("" + i), LONG.plusMinutes(i == 4 ? 0 : 10));
        }
        small.put(set, entry(set, "new"), vector(-1, 0), bytes("new"), Duration.ofMinutes(1));
        assertThat(small.size(set)).isEqualTo(10);
        List<String> kept = small.nearest(set, vector(1, 0), 20).stream().map(VectorsContract::text).toList();
        assertThat(kept).hasSize(10).contains("new").doesNotContain("4");
    }

    @Test
    default void howeverMuchIsPutASetKeepsItsBound() {
        Vectors small = withSetsOf(50);
        Key set = set();
        Random random = new Random(5);
        for (int i = 0; i < 400; i++) {
            small.put(set, entry(set, "" + i), random(random), bytes("" + i), LONG);
            assertThat(small.size(set)).isLessThanOrEqualTo(50);
        }
        assertThat(small.nearest(set, random(random), 100)).hasSize(50);
    }

    @Test
    default void vectorsOfOtherDimensionsAreRefusedAndChangeNothing() {
        Key set = set();
        put(set, "a", vector(1, 0), LONG);
        Int8Vector other = Int8Vector.of(new float[] {1, 2, 3});
        assertThatThrownBy(() -> put(set, "b", other, LONG)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 dimensions");
        assertThatThrownBy(() -> vectors().nearest(set, other, 1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3 dimensions");
        assertThat(vectors().nearest(set, vector(1, 0), 5)).hasSize(1);
    }

    @Test
    default void whatCannotBeAskedIsRefused() {
        Key set = set();
        Key elsewhere = KEYS.key(UUID.randomUUID().toString(), "test", "entry");
        assertThatThrownBy(() -> vectors().put(set, elsewhere, vector(1, 0), bytes("x"), LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vectors().put(set, set, vector(1, 0), bytes("x"), LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> put(set, "a", vector(1, 0), Duration.ofNanos(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vectors().nearest(set, vector(1, 0), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vectors().nearest(set, vector(1, 0), 101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void valuesAreAnyBytes() {
        Key set = set();
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
        vectors().put(set, entry(set, "all"), vector(1, 0), everyByte, LONG);
        assertThat(vectors().nearest(set, vector(1, 0), 1).getFirst().value()).isEqualTo(everyByte);
        vectors().put(set, entry(set, "none"), vector(0, 1), new byte[0], LONG);
        assertThat(vectors().nearest(set, vector(0, 1), 1).getFirst().value()).isEmpty();
        assertThat(vectors().nearest(set, vector(0, 1), 1).getFirst().toString()).doesNotContain("[B").contains("gh:{");
    }

    @Test
    default void nothingIsLostWhenManyPutAndAskAtOnce() throws Exception {
        Key set = set();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                String name = "" + i;
                executor.submit(() -> {
                    put(set, name, random(new Random(name.hashCode())), LONG);
                    vectors().nearest(set, random(new Random(3)), 5);
                });
            }
        }
        assertThat(vectors().size(set)).isEqualTo(64);
        assertThat(vectors().nearest(set, random(new Random(1)), 100)).hasSize(64);
    }

    private void put(Key set, String name, Int8Vector vector, Duration timeToLive) {
        vectors().put(set, entry(set, name), vector, bytes(name), timeToLive);
    }

    static Key set() {
        return KEYS.key("tag", "test", "set", UUID.randomUUID().toString());
    }

    static Key entry(Key set, String name) {
        return KEYS.key("tag", "test", "entry", set.text(), name);
    }

    /** In a plane of the space. */
    static Int8Vector vector(float x, float y) {
        float[] vector = new float[DIMENSIONS];
        vector[0] = x;
        vector[1] = y;
        return Int8Vector.of(vector);
    }

    static Int8Vector random(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Int8Vector.of(vector);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Neighbour found) {
        return new String(found.value(), StandardCharsets.UTF_8);
    }

    private static double[] cosines(List<Neighbour> found) {
        return found.stream().mapToDouble(Neighbour::cosine).toArray();
    }

    static void await(Callable<Boolean> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime()).as("the condition within 20 s").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
