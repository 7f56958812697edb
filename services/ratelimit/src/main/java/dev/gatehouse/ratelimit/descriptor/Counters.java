package dev.gatehouse.ratelimit.descriptor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.envoy.ratelimit.LimitUnit;
import dev.gatehouse.envoy.ratelimit.RateLimitQuery.Entry;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the hits of a descriptor are counted: the bucket of its domain, entries and unit, or one that it shares with a policy. */
final class Counters {

    private static final String FEATURE = "rls";
    private static final int GROUPS = 4096;
    private static final int REMEMBERED = 20_000;

    private final Keys keys;
    private final String prefix;
    private final SharedLimits shared;
    // A key is two hashes; those in use are few.
    private final Cache<String, Key> known = Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

    Counters(Keys keys, String prefix, SharedLimits shared) {
        this.keys = keys;
        this.prefix = prefix;
        this.shared = shared;
    }

    Bucket bucket(String domain, List<Entry> entries, Match match) {
        return shared(match).orElseGet(() -> own(domain, entries, match));
    }

    private Optional<Bucket> shared(Match match) {
        return match.rule().name().indexOf('/') < 0 ? Optional.empty() : shared.bucket(match.rule().name(), match.values());
    }

    private Bucket own(String domain, List<Entry> entries, Match match) {
        LimitUnit unit = match.rule().unit().orElseThrow();
        return new Bucket(key(domain, unit, entries, match.values()), new FixedWindow(match.rule().requestsPerUnit(), Duration.ofSeconds(unit.seconds())));
    }

    private Key key(String domain, LimitUnit unit, List<Entry> entries, List<String> values) {
        String name = name(domain, unit, entries, values);
        Key key = known.getIfPresent(name);
        if (key == null) {
            key = made(domain, unit, entries, values);
            known.put(name, key);
        }
        return key;
    }

    /** Each part with its length, so that no two lists read alike. */
    private static String name(String domain, LimitUnit unit, List<Entry> entries, List<String> values) {
        StringBuilder name = new StringBuilder(64).append(unit.ordinal()).append(domain.length()).append(':').append(domain);
        for (int i = 0; i < entries.size(); i++) {
            String key = entries.get(i).key();
            String value = values.get(i);
            name.append(key.length()).append(':').append(key).append(value.length()).append(':').append(value);
        }
        return name.toString();
    }

    /** A domain's keys would be too many for one slot of a Redis Cluster, and spread over many tags. */
    private Key made(String domain, LimitUnit unit, List<Entry> entries, List<String> values) {
        List<String> parts = new ArrayList<>(List.of(prefix, domain, unit.name()));
        for (int i = 0; i < entries.size(); i++) {
            parts.add(entries.get(i).key());
            parts.add(values.get(i));
        }
        return keys.key(FEATURE + "-" + Math.floorMod(parts.hashCode(), GROUPS), FEATURE, parts.toArray(String[]::new));
    }
}
