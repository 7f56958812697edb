package dev.gatehouse.state;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;

/** Values as Redis strings. */
final class RedisValues implements Values {

    private final RedisState redis;

    RedisValues(RedisState redis) {
        this.redis = redis;
    }

    @Override
    public Optional<byte[]> get(Key key) {
        return Optional.ofNullable(redis.call(Request.cmd(Command.GET).arg(key.text()))).map(Response::toBytes);
    }

    @Override
    public void put(Key key, byte[] value, Duration timeToLive) {
        redis.call(set(key, value, timeToLive));
    }

    @Override
    public boolean putIfAbsent(Key key, byte[] value, Duration timeToLive) {
        return redis.call(set(key, value, timeToLive).arg("NX")) != null;
    }

    @Override
    public boolean delete(Key key) {
        return redis.call(Request.cmd(Command.DEL).arg(key.text())).toLong() > 0;
    }

    private static Request set(Key key, byte[] value, Duration timeToLive) {
        return Request.cmd(Command.SET).arg(key.text()).arg(Buffer.buffer(value)).arg("PX").arg(Bounds.millis(timeToLive));
    }
}
