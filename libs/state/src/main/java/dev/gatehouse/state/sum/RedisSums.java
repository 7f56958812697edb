package dev.gatehouse.state.sum;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.RedisScript;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import io.vertx.redis.client.Response;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sums in Redis, each exchange one script. At the key is a hash of lasting sums and of {@code turn}; behind it {@code :more} is a hash of the others,
 * {@code :log} the last tellings, newest first, and {@code :by:REPLICA} the number of a replica's last. An id is 8 bytes, its value two doubles,
 * all little-endian.
 *
 * <p>Bounds of one key: {@link Rules#most} sums that do not last, about 100 bytes each, and {@value #LOG} tellings of at most {@value #LARGEST} bytes; a
 * larger one is not remembered, and the others read all sums.
 */
public final class RedisSums {

    private static final int LOG = 64;
    private static final int LARGEST = 16 << 10;
    private static final int NUMBERS = 24;
    private static final int NEWS = 0;
    private static final int WHOLE = 1;
    private static final Duration REPLICA_REMEMBERED = Duration.ofMinutes(10);

    private static final RedisScript EXCHANGE = new RedisScript("""
            local key, more, log = KEYS[1], KEYS[1] .. ':more', KEYS[1] .. ':log'
            local packet, replica, fading = ARGV[1], ARGV[2], ARGV[3]
            local lasting, number, since, anew, most, limit, ttl, remembered, length, largest = unpack(ARGV, 4)
            local NEWS, WHOLE, LOST, HEAD, SIZE = 0, 1, 2, 36, 24
            local records = (#packet - HEAD) / SIZE
            local by = key .. ':by:' .. replica
            since, number = tonumber(since), tonumber(number)

            local function add(hash, from, to)
              for i = from, to - 1 do
                local at = HEAD + SIZE * i + 1
                local id = string.sub(packet, at, at + 7)
                local first, second = struct.unpack('<dd', packet, at + 8)
                local old = redis.call('HGET', hash, id)
                if old then
                  local oldFirst, oldSecond = struct.unpack('<dd', old)
                  first, second = first + oldFirst, second + oldSecond
                end
                redis.call('HSET', hash, id, struct.pack('<dd', first, second))
              end
            end

            local function fade()
              local known = redis.call('HGET', key, fading)
              if not known or struct.unpack('<d', known) < tonumber(limit) then
                return false
              end
              local all = redis.call('HGETALL', key)
              for i = 1, #all, 2 do
                if #all[i] == 8 then
                  local first, second = struct.unpack('<dd', all[i + 1])
                  redis.call('HSET', key, all[i], struct.pack('<dd', first / 2, second / 2))
                end
              end
              return true
            end

            local known = redis.call('EXISTS', key) == 1
            if not known and since > 0 then
              return {0, LOST}
            end
            local turn = tonumber(redis.call('HGET', key, 'turn') or 0)
            local isNew = number > tonumber(redis.call('GET', by) or 0) and not (known and anew == '1')
            if records > 0 and isNew then
              add(key, 0, tonumber(lasting))
              add(more, tonumber(lasting), records)
              for over = redis.call('HLEN', more) - tonumber(most), 1, -1 do
                redis.call('HDEL', more, redis.call('HRANDFIELD', more))
              end
              turn = redis.call('HINCRBY', key, 'turn', 1)
              local faded = fade()
              if faded or #packet > tonumber(largest) then
                redis.call('DEL', log)
              else
                redis.call('LPUSH', log, packet)
                redis.call('LTRIM', log, 0, length - 1)
              end
              redis.call('SET', by, number, 'PX', remembered)
            end
            for _, each in ipairs({key, more, log}) do
              redis.call('PEXPIRE', each, ttl)
            end
            local behind = turn - since
            if behind == 0 then
              return {turn, NEWS}
            elseif behind > 0 and behind <= redis.call('LLEN', log) then
              return {turn, NEWS, unpack(redis.call('LRANGE', log, 0, behind - 1))}
            end
            return {turn, WHOLE, redis.call('HGETALL', key), redis.call('HGETALL', more)}
            """);

    /**
     * @param most       sums of one key that do not last
     * @param fading     id of a lasting sum: when its first number reaches {@code limit}, all lasting sums are halved, so that what is new weighs more
     *                   than what is long ago
     * @param timeToLive of a key that nobody adds to, at least 1 ms
     */
    public record Rules(int most, long fading, double limit, Duration timeToLive) {}

    private final RedisState redis;
    private final Rules rules;
    private final String replica = UUID.randomUUID().toString();

    /** One for each replica. */
    public RedisSums(RedisState redis, Rules rules) {
        this.redis = redis;
        this.rules = rules;
    }

    /**
     * Tells and is told. One round trip.
     *
     * @throws StateUnavailable if the store did not answer in time; the same telling is then told again, since it may have arrived
     */
    public Told exchange(Key key, Telling telling) {
        List<Sum> sums = Stream.concat(telling.sums().stream().filter(Sum::isLasting), telling.sums().stream().filter(sum -> !sum.isLasting())).toList();
        long lasting = sums.stream().filter(Sum::isLasting).count();
        List<byte[]> numbers = Stream.of(lasting, telling.number(), telling.since(), telling.anew() ? 1 : 0, rules.most, rules.limit, rules.timeToLive.toMillis(),
                REPLICA_REMEMBERED.toMillis(), LOG, LARGEST).map(number -> text(number.toString())).toList();
        List<byte[]> arguments = new ArrayList<>(List.of(packet(sums), text(replica), id(rules.fading)));
        arguments.addAll(numbers);
        return told(redis.await(EXCHANGE.send(redis, List.of(key), arguments)));
    }

    private byte[] packet(List<Sum> sums) {
        ByteBuffer packet = buffer(ByteBuffer.allocate(replica.length() + NUMBERS * sums.size())).put(text(replica));
        sums.forEach(sum -> packet.putLong(sum.id()).putDouble(sum.first()).putDouble(sum.second()));
        return packet.array();
    }

    private Told told(Response answer) {
        long turn = answer.get(0).toLong();
        return switch (answer.get(1).toInteger()) {
            case NEWS -> new Told.News(turn, others(answer));
            case WHOLE -> new Told.Whole(turn, Stream.concat(sums(answer.get(2)), sums(answer.get(3))).toList());
            default -> new Told.Lost();
        };
    }

    private List<Sum> others(Response answer) {
        return IntStream.iterate(answer.size() - 1, i -> i > 1, i -> i - 1).mapToObj(i -> ByteBuffer.wrap(answer.get(i).toBytes()))
                .filter(packet -> !isMine(packet)).flatMap(RedisSums::sums).toList();
    }

    /** Moves to the sums of a telling. */
    private boolean isMine(ByteBuffer packet) {
        byte[] writer = new byte[replica.length()];
        packet.get(writer);
        return replica.equals(new String(writer, StandardCharsets.UTF_8));
    }

    private static Stream<Sum> sums(ByteBuffer packet) {
        buffer(packet);
        return IntStream.range(0, packet.remaining() / NUMBERS).mapToObj(i -> new Sum(packet.getLong(), packet.getDouble(), packet.getDouble()));
    }

    /** Of a hash: fields and values in turn, {@code turn} among them. */
    private static Stream<Sum> sums(Response hash) {
        return IntStream.range(0, hash.size() / 2).filter(i -> hash.get(2 * i).toBytes().length == Long.BYTES)
                .mapToObj(i -> sum(hash.get(2 * i).toBytes(), hash.get(2 * i + 1).toBytes()));
    }

    private static Sum sum(byte[] id, byte[] numbers) {
        ByteBuffer both = buffer(ByteBuffer.wrap(numbers));
        return new Sum(buffer(ByteBuffer.wrap(id)).getLong(), both.getDouble(), both.getDouble());
    }

    private static byte[] id(long id) {
        return buffer(ByteBuffer.allocate(Long.BYTES)).putLong(id).array();
    }

    private static ByteBuffer buffer(ByteBuffer bytes) {
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
