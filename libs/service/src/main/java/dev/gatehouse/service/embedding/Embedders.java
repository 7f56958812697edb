package dev.gatehouse.service.embedding;

import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.embedding.EmbedderSettings;
import dev.gatehouse.embedding.EncoderSettings;
import dev.gatehouse.embedding.Pooling;
import dev.gatehouse.embedding.ShippedEncoder;
import dev.gatehouse.exchange.KeyedHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Opens the encoder of a configuration. */
public final class Embedders {

    private static final int MAX_WINDOWS = EmbedderSettings.STANDARD.maxWindows();
    private static final int BATCH = 32;
    private static final int WINDOW_CHARS = 1_000;

    private Embedders() {}

    /**
     * @param hash the same in all services of the chain
     * @throws IllegalArgumentException if the configuration does not say which encoder
     * @throws IOException              if a file of it cannot be read
     */
    public static Embedder open(EmbeddingConfig config, KeyedHash hash) throws IOException {
        int threads = config.threads().orElse(EmbedderSettings.STANDARD.threads());
        EmbedderSettings settings = new EmbedderSettings(threads, config.queue(), config.deadline(), MAX_WINDOWS, config.recentTexts());
        return Embedder.open(encoder(config), settings, hash);
    }

    private static EncoderSettings encoder(EmbeddingConfig config) throws IOException {
        if (config.url().isPresent()) {
            return endpoint(config);
        } else if (config.file().isPresent()) {
            Path tokenizer = config.tokenizer().orElseThrow(() -> new IllegalArgumentException("gatehouse.embedding.file needs gatehouse.embedding.tokenizer"));
            return new EncoderSettings.Files(config.model(), config.file().get(), tokenizer, Pooling.valueOf(config.pooling()), 1);
        }
        return new EncoderSettings.Shipped(shipped(config.model()), 1);
    }

    private static EncoderSettings endpoint(EmbeddingConfig config) throws IOException {
        int dimensions = config.dimensions().orElseThrow(() -> new IllegalArgumentException("gatehouse.embedding.url needs gatehouse.embedding.dimensions"));
        Optional<String> key = config.apiKeyFile().isPresent() ? Optional.of(Files.readString(config.apiKeyFile().get()).strip()) : Optional.empty();
        return new EncoderSettings.Endpoint(config.url().orElseThrow(), config.model(), dimensions, key, config.deadline(), BATCH, WINDOW_CHARS);
    }

    private static ShippedEncoder shipped(String id) {
        return Arrays.stream(ShippedEncoder.values()).filter(encoder -> encoder.id().equals(id)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("gatehouse.embedding.model is none that ships, and neither gatehouse.embedding.file nor .url is given: " + id));
    }
}
