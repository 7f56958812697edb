package dev.gatehouse.state.sum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.RedisBed;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Replicas with one Redis. */
class RedisSumsTest {

    private static final Keys KEYS = new Keys(KeyedHash.random());
    private static final long PASSING = 1L << 40;
    private static final RedisSums.Rules RULES = new RedisSums.Rules(100, 7, 1_000, Duration.ofMinutes(5));

    private static RedisBed bed;

    private final Key key = KEYS.key("tests", "sums", UUID.randomUUID().toString());
    private final RedisSums here = new RedisSums(bed.state(), RULES);
    private final RedisSums there = new RedisSums(bed.state(), RULES);

    @BeforeAll
    static void start() throws Exception {
        bed = RedisBed.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static Telling telling(long number, long since, Sum... sums) {
        return new Telling(number, since, false, List.of(sums));
    }

    private Told.Whole whole(RedisSums replica) {
        return (Told.Whole) replica.exchange(key, telling(Long.MAX_VALUE, Telling.NOTHING));
    }

    @Test
    void whatReplicasTellAddsUp() {
        here.exchange(key, telling(1, Telling.NOTHING, new Sum(3, 1, 0.5), new Sum(-9, 2, 0), new Sum(PASSING, -4, 1e-3)));
        there.exchange(key, telling(1, Telling.NOTHING, new Sum(3, 2, 0.25), new Sum(PASSING, 1, 0)));
        assertThat(whole(new RedisSums(bed.state(), RULES)).all()).containsExactlyInAnyOrder(new Sum(3, 3, 0.75), new Sum(-9, 2, 0), new Sum(PASSING, -3, 1e-3));
    }

    @Test
    void aReplicaIsToldWhatTheOthersHaveAddedSince() {
        long knows = ((Told.Whole) here.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 1, 0)))).upTo();
        there.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 10, 0)));
        there.exchange(key, telling(2, Telling.NOTHING, new Sum(PASSING, 20, 0)));
        Told.News news = (Told.News) here.exchange(key, telling(2, knows, new Sum(1, 5, 0)));
        assertThat(news.others()).as("not its own").containsExactly(new Sum(1, 10, 0), new Sum(PASSING, 20, 0));
        assertThat(((Told.News) here.exchange(key, telling(3, news.upTo()))).others()).isEmpty();
    }

    @Test
    void whatIsToldTwiceCountsOnce() {
        Telling telling = telling(1, Telling.NOTHING, new Sum(1, 1, 0));
        here.exchange(key, telling);
        assertThat(((Told.Whole) here.exchange(key, telling)).all()).containsExactly(new Sum(1, 1, 0));
    }

    @Test
    void whoHasMissedMoreThanIsRememberedReadsAll() {
        long knows = ((Told.Whole) here.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 1, 0)))).upTo();
        IntStream.rangeClosed(1, 65).forEach(i -> there.exchange(key, telling(i, Telling.NOTHING, new Sum(1, 1, 0))));
        assertThat(((Told.Whole) here.exchange(key, telling(2, knows))).all()).containsExactly(new Sum(1, 66, 0));
    }

    @Test
    void aLargeTellingIsReadByAllAsAWhole() {
        long knows = ((Told.Whole) here.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 1, 0)))).upTo();
        there.exchange(key, telling(1, Telling.NOTHING, IntStream.range(0, 900).mapToObj(i -> new Sum(i, 1, 0)).toArray(Sum[]::new)));
        assertThat(here.exchange(key, telling(2, knows))).isInstanceOfSatisfying(Told.Whole.class, whole -> assertThat(whole.all()).hasSize(900));
    }

    @Test
    void whatDoesNotLastIsBounded() {
        for (int round = 1; round <= 3; round++) {
            int from = round * 100;
            here.exchange(key, telling(round, Telling.NOTHING, IntStream.range(from, from + 90).mapToObj(i -> new Sum(PASSING + i, 1, 0)).toArray(Sum[]::new)));
        }
        assertThat(whole(here).all()).hasSize(100);
    }

    @Test
    void whatIsLongAgoFades() {
        long knows = ((Told.Whole) there.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 40, 8), new Sum(7, 999, 0), new Sum(PASSING, 6, 0)))).upTo();
        here.exchange(key, telling(1, Telling.NOTHING, new Sum(7, 1, 0)));
        assertThat(there.exchange(key, telling(2, knows))).isInstanceOfSatisfying(Told.Whole.class,
                whole -> assertThat(whole.all()).containsExactlyInAnyOrder(new Sum(1, 20, 4), new Sum(7, 500, 0), new Sum(PASSING, 6, 0)));
    }

    @Test
    void aStoreThatLostAllIsToldAgainByOneOfThoseWhoKnow() {
        long knows = ((Told.Whole) here.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 8, 0)))).upTo();
        long knowsToo = ((Told.Whole) there.exchange(key, telling(1, Telling.NOTHING))).upTo();
        bed.server().command("FLUSHALL");
        assertThat(here.exchange(key, telling(2, knows, new Sum(1, 1, 0)))).isInstanceOf(Told.Lost.class);
        assertThat(there.exchange(key, telling(2, knowsToo))).isInstanceOf(Told.Lost.class);
        here.exchange(key, new Telling(3, Telling.NOTHING, true, List.of(new Sum(1, 9, 0))));
        there.exchange(key, new Telling(3, Telling.NOTHING, true, List.of(new Sum(1, 8, 0))));
        assertThat(whole(there).all()).containsExactly(new Sum(1, 9, 0));
    }

    @Test
    void allKeysExpire() {
        here.exchange(key, telling(1, Telling.NOTHING, new Sum(1, 1, 0), new Sum(PASSING, 1, 0)));
        for (String each : List.of(key.text(), key.text() + ":more", key.text() + ":log")) {
            assertThat(Long.parseLong(bed.server().command("PTTL", each).substring(1))).as(each).isBetween(1L, Duration.ofMinutes(5).toMillis());
        }
        assertThat(bed.server().command("KEYS", key.text() + ":by:*")).isEqualTo("*1");
    }

    @Test
    void aStoreThatIsGoneIsSaid() throws Exception {
        try (RedisState gone = bed.nobody()) {
            assertThatThrownBy(() -> new RedisSums(gone, RULES).exchange(key, telling(1, Telling.NOTHING))).isInstanceOf(StateUnavailable.class);
        }
    }
}
