package dev.gatehouse.state.limit;

import dev.gatehouse.state.RedisScript;

/**
 * What {@link Tally} and {@link Cell} do, as scripts: Redis runs each as one step, between which nobody sees or changes anything.
 *
 * <p>A bucket is a string at its key: kind, the four numbers of a tally, and in seconds when the first and the last reservation expire.
 * Its reservations are a sorted set by expiry, at the key with {@code :held} behind it: {@code h} (held) or {@code x} (expired lately)
 * and the id, estimate, floor and window of the reservation, or {@code c} and the id of what was charged without one. That key is not
 * passed but made in the script; the tag in it keeps it in the slot of the first. Both expire when nothing of them counts any more.
 */
final class LimitScripts {

    /** Redis' own clock, in ms. */
    static final String TIME = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    private static final String BUCKETS = """
            local floor, ceil, max, min, call = math.floor, math.ceil, math.max, math.min, redis.call
            local TOKENS, SLIDING, FIXED, FLIGHT = 1, 2, 3, 4
            local SETTLED, LATE, UNKNOWN, NOTHING = 0, 1, 2, 3
            local MOST, NEVER, REMEMBERED = 2251799813685248, 4294967295, 3600000

            local function ticks(b)
              local millis = ceil(b.window / 67108864)
              return millis, floor(b.window / millis)
            end

            local function forget(b)
              if b.next < NEVER then
                call('DEL', b.key .. ':held')
              end
              b.reserved, b.next, b.last = 0, NEVER, 0
            end

            local function refill(b)
              local millis, window = ticks(b)
              if b.used == 0 or now < b.stamp then
                b.stamp, b.other = now, 0
                return
              end
              local passed = floor((now - b.stamp) / millis)
              local windows = floor(passed / window)
              if b.amount > 0 and windows > floor(b.used / b.amount) then
                b.stamp, b.used, b.other = now, 0, 0
                return
              end
              local rest = passed % window
              local part = b.amount % window * rest + b.other % window
              b.stamp = b.stamp + passed * millis
              b.used = b.used - windows * b.amount - floor(b.amount / window) * rest - floor(part / window)
              b.other = part % window
              if b.used <= 0 then
                b.stamp, b.used, b.other = now, 0, 0
              end
            end

            local function bounds(b, at)
              if b.window > 0 then
                local start = at - at % b.window
                return start, start + b.window
              end
              local starts = {struct.unpack('<dddd', b.arg, 50)}
              local i = at < starts[2] and 1 or at < starts[3] and 2 or 3
              return starts[i], starts[i + 1]
            end

            local function turn(b)
              local start, finish = bounds(b, now)
              b.finish = finish
              local length = finish - start
              if start == b.stamp then
                return
              end
              if start < b.stamp and b.stamp - start <= length then
                b.finish = b.stamp + length
                return
              end
              if b.kind == SLIDING and start - b.stamp == length then
                b.other = b.used
              else
                b.other = 0
                forget(b)
              end
              b.stamp, b.used = start, 0
            end

            local function spent(b)
              if b.kind ~= SLIDING then
                return b.used
              end
              local millis, window = ticks(b)
              local rest = window - max(0, min(window, floor((now - b.stamp) / millis)))
              return b.used + floor(b.other / window) * rest + floor(b.other % window * rest / window)
            end

            local function window_of(b)
              return (b.kind == SLIDING or b.kind == FIXED) and b.stamp or 0
            end

            local function use(b, amount)
              b.used = max(0, min(MOST, b.used + amount))
              if b.used == 0 and b.kind == TOKENS then
                b.other = 0
              end
            end

            local function correct(b, window, amount)
              if window == window_of(b) then
                use(b, amount)
              elseif b.kind == SLIDING and window == b.stamp - b.window then
                b.other = max(0, min(MOST, b.other + amount))
              else
                return false
              end
              return true
            end

            local function note(b, prefix, rest, at)
              local held = b.key .. ':held'
              b.next = min(b.next, floor(at / 1000))
              b.last = max(b.last, ceil(at / 1000))
              call('ZADD', held, at, prefix .. rest)
              call('PEXPIRE', held, b.kind == FIXED and b.finish - now or b.last * 1000 - now)
            end

            local function expire(b)
              local held = b.key .. ':held'
              local due = call('ZRANGEBYSCORE', held, '-inf', now, 'LIMIT', 0, 1000)
              for _, member in ipairs(due) do
                call('ZREM', held, member)
                local rest, estimate, least, window = member:match('^h(%w+|(%d+)|(%d+)|(%d+))$')
                if rest then
                  local kept = b.kind == FLIGHT and 0 or tonumber(least)
                  correct(b, tonumber(window), kept - tonumber(estimate))
                  b.reserved = max(0, b.reserved - tonumber(estimate))
                  note(b, 'x', rest, now + REMEMBERED)
                end
              end
              local first = call('ZRANGE', held, 0, 0, 'WITHSCORES')
              b.next = first[2] and floor(tonumber(first[2]) / 1000) or NEVER
              b.changed = true
            end

            local function load(key, arg)
              local b, kind = {key = key, arg = arg}
              b.kind, b.amount, b.capacity, b.window, b.a, b.b, b.c = struct.unpack('<Bdddddd', arg)
              local packed = call('GET', key)
              if packed then
                kind, b.stamp, b.used, b.other, b.reserved, b.next, b.last = struct.unpack('<BddddI4I4', packed)
              end
              if kind ~= b.kind then
                b.stamp, b.used, b.other, b.next = 0, 0, 0, kind and 0 or NEVER
                forget(b)
              end
              if b.kind == TOKENS then
                refill(b)
              elseif b.kind ~= FLIGHT then
                turn(b)
              end
              if b.next * 1000 <= now then
                expire(b)
              end
              return b
            end

            local function full_in(b)
              if b.kind == FIXED then
                return b.finish - now
              elseif b.kind == SLIDING then
                return b.used > 0 and b.finish + b.window - now or b.other > 0 and b.finish - now or 0
              elseif b.kind == FLIGHT or b.used == 0 then
                return 0
              elseif b.amount == 0 then
                return b.window
              end
              local millis, window = ticks(b)
              return b.stamp + ceil((b.used * window - b.other) / b.amount) * millis - now
            end

            local function save(b)
              if b.reserved == 0 and b.last > 0 and call('EXISTS', b.key .. ':held') == 0 then
                b.next, b.last = NEVER, 0
              end
              local left = full_in(b)
              if b.kind ~= FIXED then
                left = max(left, b.last * 1000 - now)
              end
              if left > 0 then
                local packed = struct.pack('<BddddI4I4', b.kind, b.stamp, b.used, b.other, b.reserved, b.next, b.last)
                call('SET', b.key, packed, 'PX', string.format('%.0f', min(left, 31622400000)))
              else
                call('DEL', b.key)
              end
            end

            local function reply(admitted, buckets)
              local parts = {struct.pack('<dB', now, admitted)}
              for i, b in ipairs(buckets) do
                parts[i + 1] = struct.pack('<ddddB', b.stamp, b.used, b.other, b.reserved, b.outcome or NOTHING)
              end
              return table.concat(parts)
            end

            local function rest_of(b, id, window)
              return string.format('%s|%.0f|%.0f|%.0f', id, b.a, b.b, window)
            end

            local function settle_in(b, id, window)
              local held, rest = b.key .. ':held', rest_of(b, id, window)
              if call('ZREM', held, 'h' .. rest) == 1 then
                b.reserved = max(0, b.reserved - b.a)
                return correct(b, window, (b.kind == FLIGHT and 0 or b.c) - b.a) and SETTLED
              end
              if call('ZREM', held, 'x' .. rest) == 1 then
                return b.kind ~= FLIGHT and correct(b, window, b.c - b.b) and LATE
              end
            end

            local function settle(b, id)
              local window = window_of(b)
              b.outcome = settle_in(b, id, window) or b.kind == SLIDING and settle_in(b, id, window - b.window) or NOTHING
              b.changed = b.changed or b.outcome ~= NOTHING
            end

            """;

    private static final String RESERVE = """
            local id, at = ARGV[1], now + ARGV[2]
            local buckets, admitted = {}, true
            for i, key in ipairs(KEYS) do
              local b = load(key, ARGV[i + 2])
              buckets[i] = b
              admitted = spent(b) + b.a <= b.capacity and admitted
            end
            for _, b in ipairs(buckets) do
              if admitted then
                use(b, b.a)
                b.reserved = b.reserved + b.a
                note(b, 'h', rest_of(b, id, window_of(b)), at)
                save(b)
              elseif b.changed then
                save(b)
              end
            end
            return reply(admitted and 1 or 0, buckets)
            """;

    private static final String SETTLE = """
            local buckets = {}
            for i, key in ipairs(KEYS) do
              local b = load(key, ARGV[i + 1])
              buckets[i] = b
              settle(b, ARGV[1])
              if b.changed then
                save(b)
              end
            end
            return reply(1, buckets)
            """;

    private static final String SETTLE_UNKNOWN = """
            local buckets, id, made = {}, ARGV[1], now - ARGV[2]
            for i, key in ipairs(KEYS) do
              local b = load(key, ARGV[i + 2])
              buckets[i] = b
              if not call('ZSCORE', key .. ':held', 'c' .. id) then
                settle(b, id)
                local window = (b.kind == SLIDING or b.kind == FIXED) and bounds(b, made) or 0
                if b.outcome == NOTHING and b.kind ~= FLIGHT and correct(b, window, b.c) then
                  b.outcome = UNKNOWN
                end
                if b.outcome ~= NOTHING then
                  note(b, 'c', id, now + REMEMBERED)
                  save(b)
                end
              end
            end
            return reply(1, buckets)
            """;

    private static final String PEEK = """
            local buckets = {}
            for i, key in ipairs(KEYS) do
              local b = load(key, ARGV[i])
              buckets[i] = b
              if b.changed then
                save(b)
              end
            end
            return reply(1, buckets)
            """;

    private static final String ADD = """
            local buckets = {}
            for i, key in ipairs(KEYS) do
              local b = load(key, ARGV[i])
              buckets[i] = b
              if b.kind ~= FLIGHT then
                use(b, b.a)
              end
              save(b)
            end
            return reply(1, buckets)
            """;

    final RedisScript reserve;
    final RedisScript settle;
    final RedisScript settleUnknown;
    final RedisScript peek;
    final RedisScript add;
    final RedisScript reset = new RedisScript("return redis.call('DEL', KEYS[1], KEYS[1] .. ':held')");

    /** @param clock Lua that sets {@code now} */
    LimitScripts(String clock) {
        String before = clock + BUCKETS;
        this.reserve = new RedisScript(before + RESERVE);
        this.settle = new RedisScript(before + SETTLE);
        this.settleUnknown = new RedisScript(before + SETTLE_UNKNOWN);
        this.peek = new RedisScript(before + PEEK);
        this.add = new RedisScript(before + ADD);
    }
}
