package dev.gatehouse.router.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.router.gain.GainModel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnVectorTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void classifierAndExpressionsAskForOneVector() {
        OwnVector vector = new OwnVector(() -> {
            asked.incrementAndGet();
            return Int8Vector.of(ones());
        });
        TextWorth worth = new TextWorth(GainModel.shipped(), "Prove that the root of two is irrational", vector);
        assertThat(worth.gain()).isBetween(-1.0, 1.0);
        assertThat(worth.complexity()).isBetween(0.0, 1.0);
        assertThat(vector.get()).isSameAs(vector.get());
        assertThat(asked).hasValue(1);
    }

    @Test
    void nobodyWaitsTwiceForWhatThereIsNot() throws Exception {
        try (Embedder embedder = Embedder.open(EncoderSettings.standard(), EmbedderSettings.STANDARD, KeyedHash.random())) {
            OwnVector vector = new OwnVector(() -> {
                asked.incrementAndGet();
                return embedder.embed(" ");
            });
            assertThat(new TextWorth(GainModel.shipped(), "some text", vector).gain()).isZero();
            assertThatThrownBy(vector::get).isInstanceOf(EmbeddingFailed.class);
            assertThat(asked).hasValue(1);
        }
    }

    private static float[] ones() {
        float[] ones = new float[384];
        Arrays.fill(ones, 1);
        return ones;
    }
}
