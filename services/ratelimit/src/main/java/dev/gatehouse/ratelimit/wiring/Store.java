package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.limit.OnStateLoss;
import dev.gatehouse.ratelimit.admit.Stores;
import dev.gatehouse.ratelimit.dropin.DropIn;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisSettings.Tls;
import dev.gatehouse.state.RedisSettings.Topology;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Algorithm.FixedWindow;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.LeaseOptions;
import dev.gatehouse.state.limit.LeasedLimits;
import dev.gatehouse.state.limit.Limits;
import dev.gatehouse.state.limit.LossTolerantLimits;
import dev.gatehouse.state.limit.MemoryLimits;
import dev.gatehouse.state.limit.OnLoss;
import dev.gatehouse.state.limit.RedisLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The one store of limits, for policies and for descriptors.
 *
 * @param limits the store itself
 * @param stores  as each way of going on without it sees it
 * @param async  the same store for callers on an event loop
 * @param leased what is drawn ahead, to be given back
 * @param redis  to be closed, if there is one
 */
record Store(Limits limits, Stores stores, AsyncLimits async, Optional<LeasedLimits> leased, Optional<RedisState> redis) implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Store.class);
    private static final int CONNECTING = 5;
    private static final long MOST_KEYS_IN_MEMORY = 1_000_000;

    /** In this process: for one replica. */
    static Store inMemory() {
        MemoryLimits limits = new MemoryLimits(MOST_KEYS_IN_MEMORY);
        return new Store(limits, onStateLoss -> limits, AsyncLimits.atOnce(limits), Optional.empty(), Optional.empty());
    }

    /**
     * @param replicas that share it: while it is lost, each keeps its share of the limits
     * @param leases   what a replica may draw ahead of hot budgets; nothing without
     */
    static Store inRedis(Vertx vertx, RedisSettings settings, int replicas, Optional<LeaseOptions> leases, MeterRegistry meters) {
        RedisState redis = new RedisState(vertx, settings);
        RedisLimits shared = new RedisLimits(redis);
        Optional<LeasedLimits> leased = leases.map(options -> new LeasedLimits(shared, options));
        Limits limits = leased.<Limits>map(drawn -> drawn).orElse(shared);
        AsyncLimits async = leased.map(drawn -> drawn.async(shared.async())).orElseGet(shared::async);
        LossTolerantLimits tolerant = new LossTolerantLimits(limits, replicas, (int) MOST_KEYS_IN_MEMORY, new LossLog(settings.server()));
        Tags server = Tags.of("server", settings.server());
        meters.gauge("gatehouse.ratelimit.state.lost", server, tolerant, store -> store.isLost() ? 1 : 0);
        meters.gauge("gatehouse.ratelimit.state.untold", server, tolerant, LossTolerantLimits::waiting);
        return new Store(limits, onStateLoss -> tolerant.limits(onLoss(onStateLoss)), async, leased, Optional.of(redis));
    }

    private static OnLoss onLoss(OnStateLoss onStateLoss) {
        return switch (onStateLoss) {
            case Local -> OnLoss.LOCAL;
            case Open -> OnLoss.OPEN;
            case Closed -> OnLoss.CLOSED;
        };
    }

    /** The Redis of a drop-in. */
    static RedisSettings settings(DropIn.Redis redis) {
        String scheme = redis.tls().isPresent() ? "rediss://" : "redis://";
        List<String> urls = redis.addresses().stream().map(address -> address.contains("://") ? address : scheme + address).toList();
        RedisSettings settings = switch (redis.type()) {
            case "single" -> RedisSettings.standalone(urls.getFirst());
            case "sentinel" -> RedisSettings.sentinel(redis.masterName().orElseThrow(), urls);
            case "cluster" -> RedisSettings.cluster(urls);
            default -> throw new IllegalArgumentException("REDIS_TYPE must be single, sentinel or cluster");
        };
        RedisSettings known = redis.password().isEmpty() ? settings : settings.withCredentials(redis.user(), redis.password());
        RedisSettings timed = known.withDeadline(redis.deadline());
        return redis.tls().map(tls -> timed.withTls(new Tls(tls.authorities(), tls.certificate(), tls.key(), tls.verifyHost()))).orElse(timed);
    }

    /** Connects, so that the first request need not; waits for it a few of its deadlines. A store that is away may come later. */
    void connect() {
        Bucket nobodys = new Bucket(new Keys(KeyedHash.random()).key("start", "rls"), new FixedWindow(0, Duration.ofSeconds(1)));
        for (int i = 0; i < CONNECTING; i++) {
            try {
                limits.add(List.of(new Hit(nobodys, 0)));
                return;
            } catch (StateUnavailable e) {
                LOG.warnf("%s", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        leased.ifPresent(LeasedLimits::close);
        redis.ifPresent(RedisState::close);
    }

    /** Says when Redis is lost and when it is back. */
    private record LossLog(String server) implements LossTolerantLimits.LossListener {

        @Override
        public void lost(String reason) {
            LOG.warnf("limits go on without Redis at %s, as onStateLoss of their policies says: %s", server, reason);
        }

        @Override
        public void found() {
            LOG.infof("Redis at %s answers again, and was told what was spent without it", server);
        }
    }
}
