package dev.gatehouse.cache.bound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordVeilTest {

    private final WordVeil veil = new WordVeil(secret("a secret of the test"));

    @Test
    void whatIsVeiledComesBack() {
        assertThat(IntStream.range(0, 5_000).map(i -> i * 0x9E3779B9)).allMatch(word -> veil.unveiled(veil.veiled(word)) == word);
    }

    @Test
    void allReplicasOfOneSecretAgreeAndNoOthers() {
        assertThat(new WordVeil(secret("a secret of the test")).veiled(42)).isEqualTo(veil.veiled(42));
        assertThat(new WordVeil(secret("another secret of the test")).veiled(42)).isNotEqualTo(veil.veiled(42));
    }

    @Test
    void nothingOfAWordIsLeft() {
        long bits = IntStream.range(0, 5_000).mapToLong(word -> Integer.bitCount(veil.veiled(word) ^ veil.veiled(word ^ 1))).sum();
        assertThat(bits / 5_000.0).as("bits that one bit changes").isBetween(15.8, 16.2);
    }

    private static KeyedHash secret(String secret) {
        return KeyedHash.of(secret.getBytes(StandardCharsets.UTF_8));
    }
}
