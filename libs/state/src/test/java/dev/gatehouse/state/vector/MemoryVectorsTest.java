package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MemoryVectorsTest implements VectorsContract {

    private static final MemoryVectors VECTORS = new MemoryVectors(10_000, 100_000);

    @AfterAll
    static void close() {
        VECTORS.close();
    }

    @Override
    public Vectors vectors() {
        return VECTORS;
    }

    @Override
    public Vectors withSetsOf(int maxEntries) {
        return new MemoryVectors(maxEntries, 100_000);
    }

    @Test
    void whenAllSetsTogetherAreFullTheLeastUsedGo() {
        try (MemoryVectors small = new MemoryVectors(100, 1_000)) {
            List<Key> sets = IntStream.range(0, 50).mapToObj(i -> VectorsContract.set()).toList();
            Random random = new Random(1);
            for (Key set : sets) {
                for (int i = 0; i < 100; i++) {
                    small.put(set, VectorsContract.entry(set, "" + i), VectorsContract.random(random), new byte[10], LONG);
                }
            }
            assertThat(sets.stream().mapToLong(small::size).sum()).isBetween(500L, 1_000L);
        }
    }

    @Test
    void aLargeSetIsAnsweredFromAGraphThatMissesFew() {
        try (MemoryVectors large = new MemoryVectors(20_000, 20_000)) {
            Key set = VectorsContract.set();
            List<Int8Vector> vectors = clustered(MemoryVectors.EXACT_UP_TO + 2_000);
            for (int i = 0; i < vectors.size(); i++) {
                large.put(set, VectorsContract.entry(set, "" + i), vectors.get(i), VectorsContract.bytes("" + i), LONG);
            }
            assertThat(large.size(set)).isEqualTo(vectors.size());
            VectorsContract.await(() -> recall(large, set, vectors, 0) > 0.95);
            for (int i = 0; i < vectors.size(); i += 2) {
                assertThat(large.remove(set, VectorsContract.entry(set, "" + i))).isTrue();
            }
            assertThat(recall(large, set, vectors, 1)).as("what was removed is not found, and hides nothing").isGreaterThan(0.95);
        }
    }

    /** The share of the true nearest 4 that is found; with odd = 1 every other vector is gone. */
    private static double recall(Vectors store, Key set, List<Int8Vector> vectors, int odd) {
        int found = 0;
        for (int asked = 0; asked < 100; asked++) {
            Int8Vector vector = vectors.get(asked * 7);
            List<String> nearest = IntStream.range(0, vectors.size()).filter(i -> odd == 0 || i % 2 == 1).boxed()
                    .sorted(Comparator.comparingDouble(i -> -vector.cosine(vectors.get(i)))).limit(4).map(String::valueOf).toList();
            found += store.nearest(set, vector, 4).stream().map(one -> new String(one.value())).filter(nearest::contains).count();
        }
        return found / 400.0;
    }

    /** As texts lie: in groups. */
    private static List<Int8Vector> clustered(int number) {
        Random random = new Random(11);
        List<float[]> centres = IntStream.range(0, 200).mapToObj(i -> VectorsContract.random(random).floats()).toList();
        return IntStream.range(0, number).mapToObj(i -> near(centres.get(i % 200), random)).toList();
    }

    private static Int8Vector near(float[] centre, Random random) {
        float[] vector = centre.clone();
        for (int i = 0; i < vector.length; i++) {
            vector[i] += (float) random.nextGaussian() * 0.7f;
        }
        return Int8Vector.of(vector);
    }
}
