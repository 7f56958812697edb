package dev.gatehouse.service.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which encoder makes vectors, and how many at once; each setting is also an environment variable, {@code GATEHOUSE_EMBEDDING_MODEL} and so
 * on. All services of a chain take the same, or each makes its own vectors.
 */
@ConfigMapping(prefix = "gatehouse.embedding")
public interface EmbeddingConfig {

    /** {@code bge-small-en-v1.5-q} or {@code all-minilm-l6-v2-q}, which ship; or the name of the model in {@link #file} or behind {@link #url}. */
    @WithDefault("bge-small-en-v1.5-q")
    String model();

    /** An ONNX file of a BERT-like model, with {@link #tokenizer} beside it. */
    Optional<Path> file();

    /** Its {@code tokenizer.json}. */
    Optional<Path> tokenizer();

    /** How its vectors are made: {@code MEAN} or {@code CLS}. */
    @WithDefault("MEAN")
    String pooling();

    /** An OpenAI-compatible endpoint, before {@code /embeddings}. */
    Optional<URI> url();

    /** File with its API key. */
    Optional<Path> apiKeyFile();

    /** What its vectors have. */
    OptionalInt dimensions();

    /** Texts at once; half the cores when absent. */
    OptionalInt threads();

    /** The longest that a request waits for its vector. */
    @WithDefault("500ms")
    Duration deadline();

    /** Texts that may wait for a thread; more are refused at once. */
    @WithDefault("64")
    int queue();

    /** Vectors that are remembered, by keyed hash of their text. */
    @WithDefault("10000")
    int recentTexts();
}
