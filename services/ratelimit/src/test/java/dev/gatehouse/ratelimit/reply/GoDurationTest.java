package dev.gatehouse.ratelimit.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As Go's {@code time.Duration} prints them. */
class GoDurationTest {

    @ParameterizedTest
    @CsvSource({"0,0s", "2,2ms", "120,120ms", "1000,1s", "8640,8.64s", "59999,59.999s", "60000,1m0s", "360000,6m0s", "90500,1m30.5s",
            "3600000,1h0m0s", "86400000,24h0m0s", "3661001,1h1m1.001s"})
    void readsAsInGo(long millis, String text) {
        assertThat(GoDuration.of(millis)).isEqualTo(text);
    }
}
