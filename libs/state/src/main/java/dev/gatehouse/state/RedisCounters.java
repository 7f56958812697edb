package dev.gatehouse.state;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** Counters as Redis integers that expire by Redis' own clock. */
final class RedisCounters implements Counters {

    private static final RedisScript ADD = new RedisScript("""
            local value = redis.call('INCRBY', KEYS[1], ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[2], 'NX')
            return value
            """);

    private static final RedisScript ADD_IF_BELOW = new RedisScript("""
            local value = tonumber(redis.call('GET', KEYS[1]) or '0')
            if value + tonumber(ARGV[1]) > tonumber(ARGV[2]) then
              return {0, value}
            end
            value = redis.call('INCRBY', KEYS[1], ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[3], 'NX')
            return {1, value}
            """);

    private final RedisState redis;

    RedisCounters(RedisState redis) {
        this.redis = redis;
    }

    @Override
    public long get(Key key) {
        Response value = redis.call(Request.cmd(Command.GET).arg(key.text()));
        return value == null ? 0 : value.toLong();
    }

    @Override
    public long add(Key key, long amount, Duration window) {
        Bounds.amount(amount, -MAX_AMOUNT);
        return ADD.run(redis, key, amount, Bounds.millis(window)).toLong();
    }

    @Override
    public Admission addIfBelow(Key key, long amount, long limit, Duration window) {
        Bounds.amount(amount, 0);
        Bounds.amount(limit, -MAX_AMOUNT);
        Response answer = ADD_IF_BELOW.run(redis, key, amount, limit, Bounds.millis(window));
        return new Admission(answer.get(0).toLong() == 1, answer.get(1).toLong());
    }
}
