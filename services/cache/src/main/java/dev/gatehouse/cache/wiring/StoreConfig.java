package dev.gatehouse.cache.wiring;

import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.state.seal.Sealing;
import dev.gatehouse.state.seal.SealingKeys;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where answers are kept; each setting is also an environment variable, {@code GATEHOUSE_CACHE_MEMORY_BYTES} and so on. */
@ConfigMapping(prefix = "gatehouse.cache")
interface StoreConfig {

    /** Without a {@code gatehouse.redis.url} answers are in this process, and these are the most bytes that all of them take. */
    @WithDefault("268435456")
    long memoryBytes();

    /**
     * File with the keys that encrypt what is kept of prompts and answers (not their vectors), one line each, {@code ID BASE64} of 32
     * bytes: the first encrypts, all decrypt; see {@link SealingKeys}. Without it they are kept as they are.
     */
    Optional<Path> keyFile();

    /** What seals answers. */
    default Sealer sealer() throws IOException {
        return keyFile().isEmpty() ? Sealer.NONE : Sealer.of(Sealing.perTag(SealingKeys.parse(Files.readString(keyFile().get())), "cache"));
    }
}
