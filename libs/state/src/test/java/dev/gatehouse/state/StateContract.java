package dev.gatehouse.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.exchange.KeyedHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store does alike. */
interface StateContract {

    Duration LONG = Duration.ofMinutes(10);
    Duration SHORT = Duration.ofMillis(60);
    Keys KEYS = new Keys(KeyedHash.of("a secret of the tests only".getBytes(StandardCharsets.UTF_8)));

    Values values();

    @Test
    default void aValueComesBackAsItWasPut() {
        Key key = fresh();
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
        values().put(key, everyByte, LONG);
        assertThat(values().get(key)).get().isEqualTo(everyByte);
        values().put(key, new byte[0], LONG);
        assertThat(values().get(key)).get().isEqualTo(new byte[0]);
    }

    @Test
    default void whatTheCallerDoesToItsArrayLaterDoesNotChangeTheValue() {
        Key key = fresh();
        byte[] mine = bytes("original");
        values().put(key, mine, LONG);
        mine[0] = 'X';
        values().get(key).orElseThrow()[0] = 'Y';
        assertThat(values().get(key)).get().isEqualTo(bytes("original"));
    }

    @Test
    default void whatWasNeverPutIsNotThere() {
        assertThat(values().get(fresh())).isEmpty();
        assertThat(values().delete(fresh())).isFalse();
    }

    @Test
    default void theFirstPutIfAbsentWins() {
        Key key = fresh();
        assertThat(values().putIfAbsent(key, bytes("first"), LONG)).isTrue();
        assertThat(values().putIfAbsent(key, bytes("second"), LONG)).isFalse();
        assertThat(values().get(key)).get().isEqualTo(bytes("first"));
        assertThat(values().delete(key)).isTrue();
        assertThat(values().putIfAbsent(key, bytes("third"), LONG)).isTrue();
    }

    @Test
    default void oneOfManyThatPutAtOnceWins() throws Exception {
        Key key = fresh();
        List<Boolean> won = atOnce(32, () -> values().putIfAbsent(key, bytes("mine"), LONG));
        assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @Test
    default void aValueIsGoneAfterItsTimeToLive() {
        Key key = fresh();
        values().put(key, bytes("soon gone"), SHORT);
        Await.until(() -> values().get(key).isEmpty());
        assertThat(values().putIfAbsent(key, bytes("again"), LONG)).isTrue();
    }

    @Test
    default void puttingAgainSetsTheTimeToLiveAnew() {
        Key key = fresh();
        values().put(key, bytes("short"), SHORT);
        values().put(key, bytes("long"), LONG);
        Key witness = fresh();
        values().put(witness, bytes("short"), SHORT);
        Await.until(() -> values().get(witness).isEmpty());
        assertThat(values().get(key)).get().isEqualTo(bytes("long"));
    }

    @Test
    default void aTimeToLiveBelowAMillisecondIsRefused() {
        assertThatThrownBy(() -> values().put(fresh(), bytes("x"), Duration.ofNanos(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void cve202642208HostileKeyStringsReachNoStoreAsCommands() {
        List<String> hostile = List.of("' OR 1=1 --", "*", "a\r\nFLUSHALL\r\n", "\0", "}:x:v1:{", "@tag:{*}", "return redis.call('FLUSHALL')", "\ud800", "");
        Key witness = fresh();
        values().put(witness, bytes("still here"), LONG);
        for (String text : hostile) {
            Key key = KEYS.key(UUID.randomUUID().toString(), "test", text);
            values().put(key, bytes(text), LONG);
            assertThat(values().get(key)).get().isEqualTo(bytes(text));
        }
        assertThat(values().get(witness)).get().isEqualTo(bytes("still here"));
    }

    static Key fresh() {
        return KEYS.key(UUID.randomUUID().toString(), "test", "key");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> List<T> atOnce(int callers, Callable<T> call) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = executor.invokeAll(IntStream.range(0, callers).mapToObj(i -> call).toList());
            return futures.stream().map(Future::resultNow).toList();
        }
    }
}
