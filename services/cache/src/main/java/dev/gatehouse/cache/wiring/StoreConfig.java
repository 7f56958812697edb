package dev.gatehouse.cache.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where answers are kept; each setting is also an environment variable, {@code GATEHOUSE_CACHE_MEMORY_BYTES} and so on. */
@ConfigMapping(prefix = "gatehouse.cache")
interface StoreConfig {

    /** Without a {@code gatehouse.redis.url} answers are in this process, and these are the most bytes that all of them take. */
    @WithDefault("268435456")
    long memoryBytes();
}
