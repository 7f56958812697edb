package dev.gatehouse.guard.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.guard.vault.Vault;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.seal.SealingKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The memory of conversations; each setting is also an environment variable, {@code GATEHOUSE_VAULT_KEY_FILE} and so on. */
@ConfigMapping(prefix = "gatehouse.vault")
interface VaultConfig {

    Logger LOG = Logger.getLogger(VaultConfig.class);

    /** File with the keys that encrypt what is kept, see {@link SealingKeys}; nothing is kept without it. */
    Optional<Path> keyFile();

    /** How long a conversation is remembered after its last turn. */
    @WithDefault("24h")
    Duration timeToLive();

    /** The vault in that Redis; empty without keys or without a Redis. */
    default Optional<Vault> open(Optional<RedisState> redis, KeyedHash hash, MeterRegistry meters) throws IOException {
        if (keyFile().isEmpty() || redis.isEmpty()) {
            keyFile().ifPresent(file -> LOG.warn("gatehouse.vault.key-file is set, but no gatehouse.redis.url: conversations are not remembered"));
            return Optional.empty();
        }
        SealingKeys keys = SealingKeys.parse(Files.readString(keyFile().get()));
        return Optional.of(new Vault(redis.get().values(), new Keys(hash), keys, timeToLive(),
                loss -> meters.counter("gatehouse.guard.vault.lost", "reason", loss.name()).increment()));
    }
}
