package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisScript;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Vectors in Redis' vector sets (Redis 8), shared by all replicas. An element's name is the hash of its entry's key; the value is a
 * string under that key, with a time to live that vector sets do not have. Each call is one script, so that vector and value change
 * together; in a cluster all keys of a tag lie in one slot.
 */
public final class RedisVectors implements Vectors {

    private static final RedisScript SUPPORTS = new RedisScript("""
            local answer = redis.pcall('VCARD', KEYS[1])
            if type(answer) == 'table' and answer.err then
              return {redis.REDIS_VERSION or 'unknown', answer.err}
            end
            return {}
            """);

    private static final RedisScript PUT = new RedisScript("""
            local vector, element, quantisation, value, ttl, most, prefix = unpack(ARGV)
            redis.call('VADD', KEYS[1], 'FP32', vector, element, quantisation)
            redis.call('SET', KEYS[2], value, 'PX', ttl)
            if redis.call('PTTL', KEYS[1]) < tonumber(ttl) then
              redis.call('PEXPIRE', KEYS[1], ttl)
            end
            for i = 1, math.min(redis.call('VCARD', KEYS[1]) - tonumber(most), 64) do
              local first, soonest
              for _, other in ipairs(redis.call('VRANDMEMBER', KEYS[1], 16)) do
                local left = redis.call('PTTL', prefix .. other)
                if other ~= element and (not soonest or left < soonest) then
                  first, soonest = other, left
                end
              end
              redis.call('VREM', KEYS[1], first)
              redis.call('DEL', prefix .. first)
            end
            """);

    // Each round but the last removes what has expired among the nearest, and asks again.
    private static final RedisScript NEAREST = new RedisScript("""
            local vector, most, prefix = unpack(ARGV)
            local live
            for round = 1, 8 do
              local expired = false
              live = {}
              local found = redis.call('VSIM', KEYS[1], 'FP32', vector, 'WITHSCORES', 'COUNT', most)
              for i = 1, #found, 2 do
                local value = redis.call('GET', prefix .. found[i])
                if value then
                  live[#live + 1] = {found[i], found[i + 1], value}
                else
                  redis.call('VREM', KEYS[1], found[i])
                  expired = true
                end
              end
              if not expired then
                break
              end
            end
            return live
            """);

    private static final RedisScript REMOVE = new RedisScript("""
            redis.call('VREM', KEYS[1], ARGV[1])
            return redis.call('DEL', KEYS[2])
            """);

    private static final RedisScript SIZE = new RedisScript("return redis.call('VCARD', KEYS[1])");

    private static final RedisScript CLEAR_SOME = new RedisScript("""
            local some = redis.call('VRANDMEMBER', KEYS[1], 256)
            for _, element in ipairs(some) do
              redis.call('VREM', KEYS[1], element)
              redis.call('DEL', ARGV[1] .. element)
            end
            return #some
            """);

    private final RedisState redis;
    private final Quantisation quantisation;
    private final int maxEntries;

    /** @param maxEntries of one set. How much all sets take is Redis' {@code maxmemory}; give it the policy {@code volatile-ttl} */
    public RedisVectors(RedisState redis, Quantisation quantisation, int maxEntries) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries must be at least 1, is " + maxEntries);
        }
        this.redis = redis;
        this.quantisation = quantisation;
        this.maxEntries = maxEntries;
    }

    /**
     * To be called at start.
     *
     * @param any key of the feature; nothing is written
     * @throws VectorsUnsupported if the server has no vector sets or its user may not use them
     */
    public void requireSupport(Key any) {
        Response answer = run(SUPPORTS, List.of(any));
        if (answer.size() == 2) {
            throw new VectorsUnsupported("this Redis (version " + answer.get(0) + ") cannot keep vectors: it must have vector sets (VADD, VSIM, VREM, "
                    + "VCARD, VRANDMEMBER), as Redis 8 has, and its user must be allowed to use them. Valkey and the search modules' FT "
                    + "commands are not supported. For a single replica, vectors can be kept in memory");
        }
    }

    @Override
    public void put(Key set, Key entry, Int8Vector vector, byte[] value, Duration timeToLive) {
        Asked.related(set, entry);
        long millis = Asked.millis(timeToLive);
        ofSameDimensions(vector.dimensions(), () -> run(PUT, List.of(set, entry), floats(vector), text(element(entry)), text(quantisation.word()), value,
                text(Long.toString(millis)), text(Integer.toString(maxEntries)), text(Asked.prefix(set))));
    }

    @Override
    public List<Neighbour> nearest(Key set, Int8Vector vector, int most) {
        Asked.most(most);
        Response found = ofSameDimensions(vector.dimensions(), () -> run(NEAREST, List.of(set), floats(vector), text(Integer.toString(most)), text(Asked.prefix(set))));
        return IntStream.range(0, found.size()).mapToObj(i -> neighbour(set, found.get(i))).toList();
    }

    /** Redis' score is 1 for the same direction and 0 for the opposite one. */
    static Neighbour neighbour(Key set, Response found) {
        Key entry = Keys.parse(Asked.prefix(set) + found.get(0)).orElseThrow(() -> new StateUnavailable("a vector set holds what is not an entry"));
        return new Neighbour(entry, 2 * Double.parseDouble(found.get(1).toString()) - 1, found.get(2).toBytes());
    }

    @Override
    public boolean remove(Key set, Key entry) {
        Asked.related(set, entry);
        return run(REMOVE, List.of(set, entry), text(element(entry))).toLong() > 0;
    }

    @Override
    public long size(Key set) {
        return run(SIZE, List.of(set)).toLong();
    }

    @Override
    public long clear(Key set) {
        long removed = 0;
        for (long some = 1; some > 0; removed += some) {
            some = run(CLEAR_SOME, List.of(set), text(Asked.prefix(set))).toLong();
        }
        return removed;
    }

    private Response run(RedisScript script, List<Key> keys, byte[]... arguments) {
        return redis.await(script.send(redis, keys, List.of(arguments)));
    }

    interface Call {
        Response run();
    }

    static Response ofSameDimensions(int dimensions, Call call) {
        try {
            return call.run();
        } catch (StateUnavailable e) {
            if (e.getCause() instanceof ErrorType error && String.valueOf(error.getMessage()).contains("dimension mismatch")) {
                throw Asked.otherDimensions(dimensions);
            }
            throw e;
        }
    }

    static String element(Key entry) {
        return entry.text().substring(Asked.prefix(entry).length());
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Little-endian, as vector sets read them on every machine that Redis runs on. */
    static byte[] floats(Int8Vector vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.dimensions() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float component : vector.floats()) {
            buffer.putFloat(component);
        }
        return buffer.array();
    }
}
