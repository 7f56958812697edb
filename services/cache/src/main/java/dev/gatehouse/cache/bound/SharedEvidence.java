package dev.gatehouse.cache.bound;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.sum.RedisSums;
import dev.gatehouse.state.sum.Sum;
import dev.gatehouse.state.sum.Telling;
import dev.gatehouse.state.sum.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.jboss.logging.Logger;

/**
 * Pools the evidence of all replicas in Redis, on a thread of its own: every second each pool that was asked tells what it has learnt and hears what
 * others have. No request waits for it; while Redis is away each replica decides by what it knows, and tells the rest later. Words are kept under
 * {@link WordVeil secret} numbers, entries under hashes of their keyed hashes.
 */
public final class SharedEvidence implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SharedEvidence.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String FORM = "1";
    // Words and entries of one pool.
    private static final int MOST = 24_000;
    private static final RedisSums.Rules RULES = new RedisSums.Rules(MOST, SumIds.REQUESTS, PoolState.FADING, Duration.ofDays(30));

    private final AdaptiveBound bound;
    private final RedisSums sums;
    private final Keys keys;
    private final WordVeil veil;
    private final String versions;
    private final Map<PoolState, Correspondence> correspondences = new WeakHashMap<>();
    private volatile boolean closed;
    private boolean lost;

    /**
     * Shares nothing yet; {@link #start} does.
     *
     * @param hash     the secret of all replicas
     * @param versions of encoder and verifier: evidence about others' scores is not for these
     */
    public SharedEvidence(AdaptiveBound bound, RedisState redis, KeyedHash hash, String versions) {
        this.bound = bound;
        this.sums = new RedisSums(redis, RULES);
        this.keys = new Keys(hash);
        this.veil = new WordVeil(hash);
        this.versions = versions;
    }

    public void start() {
        Thread.ofVirtual().name("evidence").start(this::run);
    }

    private void run() {
        while (!closed) {
            exchange();
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    /** One round over all pools that have something to tell or know nothing; it ends where Redis does not answer. */
    synchronized void exchange() {
        try {
            bound.pools().forEach((pool, state) -> correspondences.computeIfAbsent(state, unknown -> new Correspondence(key(pool))).exchange(state));
            found();
        } catch (StateUnavailable e) {
            lost(e.getMessage());
        }
    }

    private void lost(String reason) {
        if (!lost) {
            LOG.warnf("what the bounds learn is not shared for now: %s", reason);
        }
        lost = true;
    }

    private void found() {
        if (lost) {
            LOG.info("what the bounds learn is shared again");
        }
        lost = false;
    }

    private Key key(Pool pool) {
        Key owner = Keys.parse(pool.owner()).orElseThrow();
        Target target = pool.target();
        return keys.key(owner.tag(), "cache", "evidence", FORM, versions, pool.owner(), Double.toString(target.share()), Boolean.toString(target.overHits()),
                Double.toString(target.explore()));
    }

    private static List<Sum> withWords(List<Sum> sums, IntUnaryOperator other) {
        return sums.stream().map(sum -> SumIds.isWord(sum.id()) ? SumIds.withWord(sum, other.applyAsInt(SumIds.hash(sum.id()))) : sum).toList();
    }

    /** Tells once more what there is to tell. */
    @Override
    public void close() {
        closed = true;
        exchange();
    }

    /** What one pool and the store have told each other. */
    private final class Correspondence {

        private final Key key;
        private Telling telling = new Telling(0, Telling.NOTHING, false, List.of());
        private boolean arrived = true;

        Correspondence(Key key) {
            this.key = key;
        }

        void exchange(PoolState state) {
            if (arrived && telling.since() != Telling.NOTHING && !state.hasUntold()) {
                return;
            }
            if (arrived) {
                telling = new Telling(telling.number() + 1, telling.since(), false, state.takeUntold());
                arrived = false;
            }
            heard(state, sums.exchange(key, new Telling(telling.number(), telling.since(), telling.anew(), withWords(telling.sums(), veil::veiled))));
        }

        private void heard(PoolState state, Told told) {
            switch (told) {
                case Told.News news -> {
                    state.hear(withWords(news.others(), veil::unveiled));
                    knowsUpTo(news.upTo());
                }
                case Told.Whole whole -> {
                    state.replace(withWords(whole.all(), veil::unveiled));
                    knowsUpTo(whole.upTo());
                }
                case Told.Lost _ -> telling = new Telling(telling.number() + 1, Telling.NOTHING, true, state.takeAll());
            }
        }

        private void knowsUpTo(long turn) {
            telling = new Telling(telling.number(), turn, false, List.of());
            arrived = true;
        }
    }
}
