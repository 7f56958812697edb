package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.tokens.ModelNames;
import dev.gatehouse.tokens.TokenCounter;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What is known of models whose names tell nothing; {@code GATEHOUSE_MODEL_NAMES}. */
@ConfigMapping(prefix = "gatehouse")
public interface CountingConfig {

    /** Models by the names that clients use, as {@link ModelNames} reads them. */
    Optional<String> modelNames();

    /** @throws IllegalArgumentException if the names cannot be read */
    default TokenCounter counter() {
        return new TokenCounter(ModelNames.parse(modelNames().orElse("")));
    }
}
