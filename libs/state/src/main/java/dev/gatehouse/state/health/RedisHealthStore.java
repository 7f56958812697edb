package dev.gatehouse.state.health;

import dev.gatehouse.state.RedisScript;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.health.Standing.Cause;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Records in Redis, shared by all replicas, by Redis' own clock. A call is one round trip, also in a cluster. */
public final class RedisHealthStore implements HealthStore {

    private static final RedisScript SCRIPT = HealthScript.withClock(HealthScript.TIME);
    private static final Standing.Circuit[] CIRCUITS = Standing.Circuit.values();
    private static final Cause[] CAUSES = Cause.values();

    private final RedisState redis;
    private final RedisScript script;

    public RedisHealthStore(RedisState redis) {
        this(redis, SCRIPT);
    }

    /** With another clock, for tests. */
    RedisHealthStore(RedisState redis, RedisScript script) {
        this.redis = redis;
        this.script = script;
    }

    @Override
    public List<Standing> exchange(String replica, List<Report> reports) {
        if (reports.isEmpty()) {
            return List.of();
        }
        Response answer = redis.await(script.send(redis, reports.stream().map(Report::subject).toList(), HealthScript.arguments(replica, reports)));
        return IntStream.range(0, reports.size()).mapToObj(i -> standing(answer.get(i))).toList();
    }

    private static Standing standing(Response told) {
        return new Standing(CIRCUITS[told.get(0).toInteger()], Duration.ofMillis(told.get(1).toLong()), told.get(2).toInteger() == 1,
                CAUSES[told.get(3).toInteger()], told.get(4).toLong(), told.get(5).toLong());
    }
}
