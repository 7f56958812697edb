package dev.gatehouse.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int8VectorTest {

    @Test
    void whatIsHandedOverComesBackTheSame() {
        Int8Vector vector = Int8Vector.of(random(1, 384));
        assertThat(vector.base64()).hasSize(512);
        assertThat(Int8Vector.parse(vector.base64(), vector.scale())).contains(vector);
    }

    @Test
    void cosinesOfInt8AreThoseOfTheFloatsToAThousandth() {
        for (int seed = 0; seed < 200; seed++) {
            float[] a = random(seed, 384);
            float[] b = random(seed + 1000, 384);
            for (int i = 0; i < b.length; i++) {
                b[i] = a[i] + b[i] * seed / 200;
            }
            assertThat(Int8Vector.of(a).cosine(Int8Vector.of(b))).isCloseTo(cosine(a, b), within(0.001));
        }
    }

    @Test
    void theScaleDoesNotMatterToTheCosineAndRestoresTheFloats() {
        Int8Vector small = Int8Vector.of(new float[] {0.5f, -1, 0.25f});
        Int8Vector large = Int8Vector.of(new float[] {50, -100, 25});
        assertThat(small.cosine(large)).isCloseTo(1, within(1e-9));
        assertThat(large.floats()).containsExactly(new float[] {50, -100, 25}, within(0.5f));
    }

    @Test
    void whatHasNoDirectionIsRefused() {
        assertThatThrownBy(() -> Int8Vector.of(new float[384])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Int8Vector.of(new float[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Int8Vector.of(new float[] {Float.NaN, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Int8Vector.of(new float[] {1, Float.POSITIVE_INFINITY, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Int8Vector.of(random(1, 4097))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatNobodyCanHaveHandedOverIsNoVector() {
        String fine = Int8Vector.of(random(1, 8)).base64();
        assertThat(Int8Vector.parse("no base64!", 1)).isEmpty();
        assertThat(Int8Vector.parse("", 1)).isEmpty();
        assertThat(Int8Vector.parse(Base64.getEncoder().encodeToString(new byte[8]), 1)).as("all zero").isEmpty();
        assertThat(Int8Vector.parse("A".repeat(1 << 20), 1)).isEmpty();
        assertThat(Int8Vector.parse(fine, 0)).isEmpty();
        assertThat(Int8Vector.parse(fine, -1)).isEmpty();
        assertThat(Int8Vector.parse(fine, Double.NaN)).isEmpty();
        assertThat(Int8Vector.parse(fine, Double.MAX_VALUE)).as("more than a float holds").isEmpty();
    }

    @Test
    void vectorsOfDifferentEncodersAreNotCompared() {
        assertThatThrownBy(() -> Int8Vector.of(random(1, 8)).cosine(Int8Vector.of(random(1, 9)))).isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] random(int seed, int dimensions) {
        Random random = new Random(seed);
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
