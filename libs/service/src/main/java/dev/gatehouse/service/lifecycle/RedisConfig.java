package dev.gatehouse.service.lifecycle;

import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisSettings.Tls;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a service keeps its state; each setting is also an environment variable, {@code GATEHOUSE_REDIS_URL} and so on. */
@ConfigMapping(prefix = "gatehouse.redis")
public interface RedisConfig {

    /** {@code redis://host:port} or {@code rediss://...}; several with commas, of sentinels or of a cluster's nodes. Without, what a service keeps is in memory, or not kept. */
    Optional<List<String>> url();

    /** The name under which the sentinels of the URLs know the master. */
    Optional<String> sentinelMaster();

    /** Whether the URLs are of a cluster's nodes. */
    @WithDefault("false")
    boolean cluster();

    /** ACL user, with a password file. */
    @WithDefault("default")
    String user();

    /** File with the password, without a line end that counts. */
    Optional<Path> passwordFile();

    /** The longest that Redis may be silent while a call waits; one call takes at most five times as long. */
    @WithDefault("500ms")
    Duration deadline();

    /** Connections to each server, which calls share. */
    @WithDefault("2")
    int connections();

    /** PEM files for {@code rediss://}: whom to trust, and what to show. */
    Optional<Path> tlsCa();

    Optional<Path> tlsCertificate();

    Optional<Path> tlsKey();

    /** How many replicas of a service share it: while it is lost, each keeps that part of the limits (rate limit only, onStateLoss: Local). */
    @WithDefault("1")
    int replicas();

    /** Empty where no Redis is named. */
    default Optional<RedisSettings> settings() {
        return url().map(this::topology)
                .map(settings -> settings.withDeadline(deadline()).withConnections(connections()).withTls(new Tls(tlsCa(), tlsCertificate(), tlsKey(), true)))
                .map(settings -> passwordFile().map(file -> settings.withCredentials(user(), password(file))).orElse(settings));
    }

    private RedisSettings topology(List<String> urls) {
        if (sentinelMaster().isPresent()) {
            return RedisSettings.sentinel(sentinelMaster().get(), urls);
        }
        return cluster() ? RedisSettings.cluster(urls) : RedisSettings.standalone(urls.getFirst());
    }

    private static String password(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
