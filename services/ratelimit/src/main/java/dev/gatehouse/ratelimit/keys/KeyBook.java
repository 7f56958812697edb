package dev.gatehouse.ratelimit.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.re2j.Pattern;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.ratelimit.admit.Budget;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.ratelimit.compile.CompiledLimit.CompiledPart;
import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Remembers the keys that this replica has counted in the last day or so, at most 100,000, and warns once an hour of one that is nearly used
 * up. Thread-safe.
 */
public final class KeyBook {

    private static final Logger LOG = Logger.getLogger("dev.gatehouse.ratelimit");
    private static final int MOST_KEYS = 100_000;
    private static final double NEARLY_USED_UP = 0.8;
    private static final long WARNING_GAP_NANOS = Duration.ofHours(1).toNanos();
    /** What may be a name, and no sentence. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}");

    private record Entry(SeenKey seen, AtomicLong warnedAt) {}

    private final Cache<Key, Entry> entries = Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(Duration.ofDays(1)).executor(Runnable::run).build();
    private final KeyedHash hash;

    public KeyBook(KeyedHash hash) {
        this.hash = hash;
    }

    /** A budget of a policy was reserved or charged. */
    public void see(String policy, Standing standing) {
        Key key = standing.budget().bucket().key();
        Entry known = entries.getIfPresent(key);
        if (known == null || !known.seen().budget().bucket().equals(standing.budget().bucket())) {
            known = new Entry(new SeenKey(policy, label(standing.budget()), standing.budget()), known == null ? longAgo() : known.warnedAt());
            entries.put(key, known);
        }
        warnIfNearlyUsedUp(known, standing);
    }

    /** The keys seen of a limit, by their labels. */
    public List<SeenKey> of(String policy, String limit) {
        return entries.asMap().values().stream().map(Entry::seen)
                .filter(seen -> seen.policy().equals(policy) && seen.limit().equals(limit))
                .sorted(Comparator.comparing(seen -> String.join("\n", seen.label())))
                .toList();
    }

    private static AtomicLong longAgo() {
        return new AtomicLong(System.nanoTime() - WARNING_GAP_NANOS);
    }

    private void warnIfNearlyUsedUp(Entry entry, Standing standing) {
        long now = System.nanoTime();
        long before = entry.warnedAt().get();
        boolean due = standing.freeShare() <= 1 - NEARLY_USED_UP && now - before >= WARNING_GAP_NANOS;
        if (due && standing.budget().limit().limit().quota().isPresent() && entry.warnedAt().compareAndSet(before, now)) {
            LOG.warnf("nearly used up: policy=%s limit=%s key=%s used=%d%%", entry.seen().policy(), entry.seen().limit(),
                    String.join(",", entry.seen().label()), Math.round(100 * (1 - standing.freeShare())));
        }
    }

    private List<String> label(Budget budget) {
        List<CompiledPart> parts = budget.limit().key();
        List<String> label = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            label.add(shown(parts.get(i), budget.key().get(i)));
        }
        return List.copyOf(label);
    }

    private String shown(CompiledPart part, String value) {
        if (value.isEmpty()) {
            return "(none)";
        }
        return part.part().isShown() && NAME.matches(value) ? value : "#" + hash.shortHex(value);
    }
}
