package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.ratelimit.tokenizer.TokenizerFolder;
import dev.gatehouse.tokens.ModelNames;
import dev.gatehouse.tokens.TokenCounter;
import dev.gatehouse.tokens.Tokenizer;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What is known of models whose names tell nothing; {@code GATEHOUSE_MODEL_NAMES}, and their tokenizers, {@code GATEHOUSE_TOKENIZERS}. */
@ConfigMapping(prefix = "gatehouse")
public interface CountingConfig {

    /** Models by the names that clients use, as {@link ModelNames} reads them. */
    Optional<String> modelNames();

    /** A folder as {@link TokenizerFolder} reads it. */
    Optional<Path> tokenizers();

    /**
     * Makes the counter.
     *
     * @throws IllegalArgumentException if the names cannot be read
     * @throws IOException              if a tokenizer cannot be read
     */
    default TokenCounter counter() throws IOException {
        Map<String, Tokenizer> own = tokenizers().isPresent() ? TokenizerFolder.read(tokenizers().get()) : Map.of();
        return new TokenCounter(ModelNames.parse(modelNames().orElse("")), own);
    }
}
