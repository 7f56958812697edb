package dev.gatehouse.state;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach Redis (7 or newer).
 *
 * @param url            {@code redis://[user:password@]host:port[/db]}, {@code rediss://} for TLS
 * @param deadline       the longest that one call may take
 * @param maxConnections open at once, 1 to 1024
 */
public record RedisSettings(String url, Duration deadline, int maxConnections) {

    public RedisSettings {
        if (!url.startsWith("redis://") && !url.startsWith("rediss://")) {
            throw new IllegalArgumentException("the Redis URL must start with redis:// or rediss://");
        }
        if (deadline.toMillis() < 1) {
            throw new IllegalArgumentException("the deadline must be at least 1 ms, is " + deadline);
        }
        if (maxConnections < 1 || maxConnections > 1024) {
            throw new IllegalArgumentException("maxConnections must be 1 to 1024, is " + maxConnections);
        }
    }

    /** Host and port, for messages; never the password. */
    public String server() {
        URI uri = URI.create(url);
        return uri.getHost() + ":" + uri.getPort();
    }

    @Override
    public String toString() {
        return "RedisSettings[" + server() + ", deadline " + deadline + ", maxConnections " + maxConnections + "]";
    }
}
