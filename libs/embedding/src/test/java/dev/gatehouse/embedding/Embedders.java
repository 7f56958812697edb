package dev.gatehouse.embedding;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Embedders of the tests; the machine may be busy, so they wait long. */
final class Embedders {

    static final KeyedHash HASH = KeyedHash.of("a secret of the tests only".getBytes(StandardCharsets.UTF_8));
    static final EmbedderSettings PATIENT = new EmbedderSettings(1, 64, Duration.ofSeconds(60), 16, 100);

    private Embedders() {}

    static Embedder shipped(ShippedEncoder encoder) {
        return Embedder.open(new EncoderSettings.Shipped(encoder, 1), PATIENT, HASH);
    }
}
