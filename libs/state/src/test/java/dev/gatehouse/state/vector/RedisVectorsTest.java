package dev.gatehouse.state.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.RedisBed;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.StateUnavailable;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisVectorsTest implements VectorsContract {

    private static RedisBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = RedisBed.withVectorSets();
    }

    @AfterAll
    static void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @Override
    public Vectors vectors() {
        return withSetsOf(10_000);
    }

    @Override
    public Vectors withSetsOf(int maxEntries) {
        return new RedisVectors(bed.state(), Quantisation.INT8, maxEntries);
    }

    @Test
    void aServerWithVectorSetsPassesTheCheckAtStart() {
        assertThatCode(() -> new RedisVectors(bed.state(), Quantisation.INT8, 10).requireSupport(VectorsContract.set())).doesNotThrowAnyException();
    }

    @Test
    void aUserWhoMayNotUseVectorSetsIsToldAtStart() {
        bed.server().command("ACL", "SETUSER", "limited", "on", ">pass", "~*", "+@all", "-vcard", "-vadd", "-vsim");
        RedisSettings settings = RedisSettings.standalone(bed.server().url()).withDeadline(RedisBed.PATIENCE).withCredentials("limited", "pass");
        try (RedisState limited = new RedisState(bed.vertx(), settings)) {
            assertThatThrownBy(() -> new RedisVectors(limited, Quantisation.INT8, 10).requireSupport(VectorsContract.set()))
                    .isInstanceOf(VectorsUnsupported.class).hasMessageContaining("version 8.").hasMessageContaining("its user must be allowed");
        }
    }

    @Test
    void aDeadServerIsSaidAndNotTakenForOneWithoutVectorSets() throws Exception {
        try (RedisState gone = bed.nobody()) {
            Vectors vectors = new RedisVectors(gone, Quantisation.INT8, 10);
            assertThatThrownBy(() -> ((RedisVectors) vectors).requireSupport(VectorsContract.set())).isInstanceOf(StateUnavailable.class);
            assertThatThrownBy(() -> vectors.nearest(VectorsContract.set(), VectorsContract.vector(1, 0), 1)).isInstanceOf(StateUnavailable.class);
        }
    }

    @Test
    void aValueThatIsDeletedElsewhereIsAMissAndItsVectorIsRemoved() {
        Key set = VectorsContract.set();
        Key entry = VectorsContract.entry(set, "one");
        vectors().put(set, entry, VectorsContract.vector(1, 0), VectorsContract.bytes("value"), LONG);
        bed.server().command("DEL", entry.text());
        assertThat(vectors().nearest(set, VectorsContract.vector(1, 0), 1)).isEmpty();
        assertThat(bed.server().command("EXISTS", set.text())).as("a set without entries is no key").isEqualTo(":0");
    }

    @Test
    void setsAndValuesAllExpire() {
        Key set = VectorsContract.set();
        Key entry = VectorsContract.entry(set, "one");
        vectors().put(set, entry, VectorsContract.vector(1, 0), VectorsContract.bytes("value"), LONG);
        vectors().put(set, VectorsContract.entry(set, "two"), VectorsContract.vector(0, 1), VectorsContract.bytes("value"), Duration.ofSeconds(9));
        assertThat(number(bed.server().command("PTTL", entry.text()))).isBetween(1L, LONG.toMillis());
        assertThat(number(bed.server().command("PTTL", set.text()))).as("with the last").isBetween(LONG.toMillis() / 2, LONG.toMillis());
    }

    private static long number(String reply) {
        return Long.parseLong(reply.substring(1));
    }
}
