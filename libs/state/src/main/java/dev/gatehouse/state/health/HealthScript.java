package dev.gatehouse.state.health;

import dev.gatehouse.state.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link Circuit} does, as a script: Redis runs it as one step. A record is a hash at its subject's key. Arguments: the replica,
 * then {@link #NUMBERS} numbers for each subject. Answer: for each subject its circuit, remaining ms, grant, cause, failures, requests.
 */
final class HealthScript {

    /** Redis' own clock, in ms. */
    static final String TIME = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    private static final int NUMBERS = 11;

    private static final String EXCHANGE = """
            local NONE, IN_A_ROW, RATE, LIMITED, FAILED_TRIAL = 0, 1, 2, 3, 4
            local WANTED, PASSED, FAILED, VOID = 1, 2, 3, 4
            local FIELDS = {'start', 'requests', 'failures', 'requests_before', 'failures_before', 'row', 'open', 'cooldown', 'closed',
                'cause', 'granted'}
            local TRIAL, KEPT, NUMBERS = 30000, 90000000, 11
            local min, max, floor = math.min, math.max, math.floor
            local replica = ARGV[1]

            local function read(key)
              local found = redis.call('HMGET', key, 'holder', unpack(FIELDS))
              local c = {holder = found[1] or ''}
              for i, field in ipairs(FIELDS) do
                c[field] = tonumber(found[i + 1] or 0)
              end
              return c
            end

            local function write(key, c)
              local all = {'holder', c.holder}
              for _, field in ipairs(FIELDS) do
                all[#all + 1] = field
                all[#all + 1] = string.format('%.0f', c[field])
              end
              redis.call('HSET', key, unpack(all))
              redis.call('PEXPIRE', key, KEPT)
            end

            local function report(i)
              local n = {}
              for j = 1, NUMBERS do
                n[j] = tonumber(ARGV[1 + (i - 1) * NUMBERS + j])
              end
              return {consecutive = n[1], percent = n[2], minimum = n[3], window = n[4], cooldown = n[5], longest = n[6],
                  successes = n[7], failures = n[8], latest = n[9], pause = n[10], trial = n[11]}
            end

            local function roll(c, r)
              local start = now - now % r.window
              if start == c.start then
                return
              end
              local following = start - c.start == r.window
              c.requests_before = following and c.requests or 0
              c.failures_before = following and c.failures or 0
              c.requests, c.failures, c.start = 0, 0, start
            end

            local function lately(c, r, field)
              return c[field] + c[field .. '_before'] * max(0, (c.start + r.window - now) / r.window)
            end

            local function release(c)
              c.holder, c.granted = '', 0
            end

            local function open(c, r, cause)
              local again = cause == FAILED_TRIAL or (c.cooldown > 0 and now - c.closed < 2 * c.cooldown)
              c.cooldown = max(r.cooldown, min(again and 2 * c.cooldown or r.cooldown, r.longest))
              c.open, c.cause = now + c.cooldown, cause
              release(c)
            end

            local function count(c, r)
              c.requests = c.requests + r.successes + r.failures
              c.failures = c.failures + r.failures
              c.row = r.latest + (r.successes == 0 and c.row or 0)
              if r.failures == 0 then
                return
              end
              local requests = lately(c, r, 'requests')
              if c.row >= r.consecutive then
                open(c, r, IN_A_ROW)
              elseif requests >= r.minimum and lately(c, r, 'failures') * 100 >= r.percent * requests then
                open(c, r, RATE)
              end
            end

            local function trial(c, r)
              if c.holder ~= replica then
                return
              end
              if r.trial == PASSED then
                c.open, c.closed = 0, now
                c.requests, c.failures, c.requests_before, c.failures_before, c.row = 0, 0, 0, 0, 0
                release(c)
              elseif r.trial == FAILED then
                open(c, r, FAILED_TRIAL)
              elseif r.trial == VOID then
                release(c)
              end
            end

            local function pause(c, r)
              local till = now + min(r.pause, r.longest)
              if r.pause > 0 and till > c.open then
                c.open, c.cause = till, LIMITED
                release(c)
              end
            end

            local function exchange(key, r)
              local c = read(key)
              roll(c, r)
              if c.open == 0 then
                count(c, r)
              elseif now >= c.open then
                trial(c, r)
              end
              pause(c, r)
              if c.open ~= 0 and now >= c.open and r.trial == WANTED and now >= c.granted then
                c.holder, c.granted = replica, now + TRIAL
              end
              if r.successes + r.failures + r.pause + r.trial > 0 then
                write(key, c)
              end
              local state = c.open == 0 and 0 or now < c.open and 1 or 2
              local granted = state == 2 and c.holder == replica and now < c.granted
              return {state, state == 1 and c.open - now or 0, granted and 1 or 0, c.cause, floor(lately(c, r, 'failures')),
                  floor(lately(c, r, 'requests'))}
            end

            local answer = {}
            for i, key in ipairs(KEYS) do
              answer[i] = exchange(key, report(i))
            end
            return answer
            """;

    private HealthScript() {}

    /** @param time Lua that sets {@code now} */
    static RedisScript withClock(String time) {
        return new RedisScript(time + EXCHANGE);
    }

    static List<byte[]> arguments(String replica, List<Report> reports) {
        List<byte[]> arguments = new ArrayList<>(1 + NUMBERS * reports.size());
        arguments.add(replica.getBytes(StandardCharsets.UTF_8));
        reports.forEach(report -> numbers(report).forEach(number -> arguments.add(number.toString().getBytes(StandardCharsets.US_ASCII))));
        return arguments;
    }

    private static List<Number> numbers(Report report) {
        CircuitRules rules = report.rules();
        return List.of(rules.consecutive(), rules.percent(), rules.minimum(), rules.window().toMillis(), rules.cooldown().toMillis(),
                rules.longest().toMillis(), report.successes(), report.failures(), report.latest(), report.pause().toMillis(),
                report.trial().ordinal());
    }
}
