package dev.gatehouse.cache.wiring;

import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.Values;
import dev.gatehouse.state.vector.MemoryStock;
import dev.gatehouse.state.vector.Quantisation;
import dev.gatehouse.state.vector.RedisStock;
import dev.gatehouse.state.vector.Stock;
import java.util.Optional;

/**
 * Where answers are kept.
 *
 * @param redis behind it, if there is one
 */
record Shelf(Stock stock, Optional<RedisState> redis, AutoCloseable memory) implements AutoCloseable {

    private static final long AGREEMENTS = 8 << 20;

    static Shelf of(Optional<RedisState> redis, long memoryBytes) {
        if (redis.isPresent()) {
            return new Shelf(new RedisStock(redis.get(), Quantisation.INT8), redis, () -> { });
        }
        MemoryStock stock = new MemoryStock(memoryBytes);
        return new Shelf(stock, redis, stock);
    }

    /** Where replicas agree; in this process where there is one. */
    Values values() {
        return redis.map(RedisState::values).orElseGet(() -> new MemoryValues(AGREEMENTS));
    }

    /**
     * To be called at start.
     *
     * @throws dev.gatehouse.state.vector.VectorsUnsupported if the Redis has no vector sets
     */
    void requireSupport(Keys keys) {
        if (stock instanceof RedisStock inRedis) {
            inRedis.requireSupport(keys.key("start", "cache", "support"));
        }
    }

    @Override
    public void close() throws Exception {
        memory.close();
        redis.ifPresent(RedisState::close);
    }
}
