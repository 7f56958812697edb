package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.RedisScript;
import dev.gatehouse.state.RedisState;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A stock in Redis, shared by all replicas. A value is a string under its entry's key, a set a vector set whose elements are named by
 * the hashes of their entries' keys. The owner's key is a hash from entry to set, bytes and label, with the sum of bytes and a counter of
 * turns; behind it {@code :new} and {@code :used} are sorted sets of entries by turn. Each call is one script.
 */
public final class RedisStock implements Stock {

    // '=' is the sum of bytes, '#' the counter of turns: no entry's name, which has 64 digits.
    private static final String COMMON = """
            local owner, prefix = KEYS[1], ARGV[1]
            local fresh, used = owner .. ':new', owner .. ':used'

            local function forget(entry)
              local set, bytes = string.match(redis.call('HGET', owner, entry) or '', '^(%x+):(%d+):')
              if set then
                redis.pcall('VREM', prefix .. set, entry)
                redis.call('HDEL', owner, entry)
                redis.call('HINCRBY', owner, '=', -tonumber(bytes))
              end
              redis.call('ZREM', fresh, entry)
              redis.call('ZREM', used, entry)
              return redis.call('DEL', prefix .. entry)
            end

            local function turn()
              return redis.call('HINCRBY', owner, '#', 1)
            end

            local function entries()
              return math.max(0, redis.call('HLEN', owner) - 2)
            end

            local function bytes()
              return tonumber(redis.call('HGET', owner, '=') or 0)
            end
            """;

    private static final RedisScript PUT = script("""
            local entry, set, label, value, ttl, size, mostEntries, mostBytes, vector, dimensions, quantisation = unpack(ARGV, 2)
            ttl, size, mostEntries, mostBytes = tonumber(ttl), tonumber(size), tonumber(mostEntries), tonumber(mostBytes)
            local known = vector ~= '' and redis.pcall('VDIM', prefix .. set)
            if type(known) == 'number' and known ~= tonumber(dimensions) then
              return redis.error_reply('ERR dimension mismatch')
            end
            if size > mostBytes then
              return 0
            end
            forget(entry)
            for _, other in ipairs(redis.call('HRANDFIELD', owner, 8)) do
              if #other == #entry and redis.call('EXISTS', prefix .. other) == 0 then
                forget(other)
              end
            end
            while entries() > 0 and (entries() >= mostEntries or bytes() + size > mostBytes) do
              local from = redis.call('ZCARD', fresh) * 5 >= entries() and fresh or used
              local oldest = redis.call('ZRANGE', from, 0, 0)[1]
              if not oldest then
                redis.call('DEL', owner, fresh, used)
                break
              end
              forget(oldest)
            end
            if vector ~= '' then
              redis.call('VADD', prefix .. set, 'FP32', vector, entry, quantisation)
              if redis.call('PTTL', prefix .. set) < ttl then
                redis.call('PEXPIRE', prefix .. set, ttl)
              end
            end
            redis.call('SET', prefix .. entry, value, 'PX', ttl)
            redis.call('ZADD', fresh, turn(), entry)
            redis.call('HSET', owner, entry, set .. ':' .. size .. ':' .. label)
            redis.call('HINCRBY', owner, '=', size)
            for _, index in ipairs({owner, fresh, used}) do
              if redis.call('PTTL', index) < ttl then
                redis.call('PEXPIRE', index, ttl)
              end
            end
            return 1
            """);

    private static final RedisScript GET = script("""
            local value = redis.call('GET', prefix .. ARGV[2])
            if not value and redis.call('HEXISTS', owner, ARGV[2]) == 1 then
              forget(ARGV[2])
            end
            return value
            """);

    // Each round but the last removes what has expired among the nearest, and asks again.
    private static final RedisScript NEAREST = script("""
            local set, vector, most = unpack(ARGV, 2)
            local live
            for round = 1, 8 do
              local expired = false
              live = {}
              local found = redis.call('VSIM', prefix .. set, 'FP32', vector, 'WITHSCORES', 'COUNT', most)
              for i = 1, #found, 2 do
                local value = redis.call('GET', prefix .. found[i])
                if value then
                  live[#live + 1] = {found[i], found[i + 1], value}
                else
                  redis.call('VREM', prefix .. set, found[i])
                  forget(found[i])
                  expired = true
                end
              end
              if not expired then
                break
              end
            end
            return live
            """);

    private static final RedisScript USED = script("""
            if redis.call('HEXISTS', owner, ARGV[2]) == 1 then
              redis.call('ZREM', fresh, ARGV[2])
              redis.call('ZADD', used, turn(), ARGV[2])
              redis.call('PEXPIRE', used, redis.call('PTTL', owner))
            end
            """);

    private static final RedisScript REMOVE = script("return forget(ARGV[2])");

    private static final RedisScript REMOVE_SOME = script("""
            local cursor, label = unpack(ARGV, 2)
            local removed = 0
            local scanned = redis.call('HSCAN', owner, cursor, 'COUNT', 256)
            for i = 1, #scanned[2], 2 do
              local entry, known = scanned[2][i], scanned[2][i + 1]
              if #entry > 1 and (label == '*' or string.match(known, ':(%w*)$') == label) then
                removed = removed + forget(entry)
              end
            end
            if scanned[1] == '0' and entries() == 0 then
              redis.call('DEL', owner, fresh, used)
            end
            return {scanned[1], removed}
            """);

    private static final RedisScript KEPT = script("return {entries(), bytes()}");

    private final RedisState redis;
    private final Quantisation quantisation;

    /** How much all owners take together is Redis' {@code maxmemory}; give it the policy {@code volatile-ttl}. */
    public RedisStock(RedisState redis, Quantisation quantisation) {
        this.redis = redis;
        this.quantisation = quantisation;
    }

    /**
     * To be called at start.
     *
     * @param any key of the feature; nothing is written
     * @throws VectorsUnsupported if the server has no vector sets or its user may not use them
     */
    public void requireSupport(Key any) {
        new RedisVectors(redis, quantisation, 1).requireSupport(any);
    }

    @Override
    public boolean put(Item item, Caps caps) {
        byte[] vector = item.vector().map(RedisVectors::floats).orElseGet(() -> new byte[0]);
        int dimensions = item.vector().map(Int8Vector::dimensions).orElse(0);
        return RedisVectors.ofSameDimensions(dimensions, () -> run(PUT, item.owner(), name(item.entry()), name(item.set()), text(item.label()), item.value(),
                number(item.timeToLive().toMillis()), number(item.bytes()), number(caps.entries()), number(caps.bytes()), vector, number(dimensions),
                text(quantisation.word()))).toLong() == 1;
    }

    @Override
    public Optional<byte[]> get(Key owner, Key entry) {
        Asked.related(owner, entry);
        return Optional.ofNullable(run(GET, owner, name(entry))).map(Response::toBytes);
    }

    @Override
    public List<Neighbour> nearest(Key owner, Key set, Int8Vector vector, int most) {
        Asked.related(owner, set);
        Asked.most(most);
        Response found = RedisVectors.ofSameDimensions(vector.dimensions(),
                () -> run(NEAREST, owner, name(set), RedisVectors.floats(vector), number(most)));
        return IntStream.range(0, found.size()).mapToObj(i -> RedisVectors.neighbour(set, found.get(i))).toList();
    }

    @Override
    public void used(Key owner, Key entry) {
        Asked.related(owner, entry);
        run(USED, owner, name(entry));
    }

    @Override
    public boolean remove(Key owner, Key entry) {
        Asked.related(owner, entry);
        return run(REMOVE, owner, name(entry)).toLong() > 0;
    }

    @Override
    public long removeAll(Key owner, Optional<String> label) {
        long removed = 0;
        String cursor = "0";
        do {
            Response some = run(REMOVE_SOME, owner, text(cursor), text(label.orElse("*")));
            cursor = some.get(0).toString();
            removed += some.get(1).toLong();
        } while (!cursor.equals("0"));
        return removed;
    }

    @Override
    public Kept kept(Key owner) {
        Response kept = run(KEPT, owner);
        return new Kept(kept.get(0).toLong(), kept.get(1).toLong());
    }

    private static RedisScript script(String text) {
        return new RedisScript(COMMON + text);
    }

    private Response run(RedisScript script, Key owner, byte[]... further) {
        byte[][] arguments = new byte[further.length + 1][];
        arguments[0] = text(Asked.prefix(owner));
        System.arraycopy(further, 0, arguments, 1, further.length);
        return redis.await(script.send(redis, List.of(owner), List.of(arguments)));
    }

    private static byte[] name(Key key) {
        return text(RedisVectors.element(key));
    }

    private static byte[] number(long number) {
        return text(Long.toString(number));
    }

    private static byte[] text(String text) {
        return RedisVectors.text(text);
    }
}
