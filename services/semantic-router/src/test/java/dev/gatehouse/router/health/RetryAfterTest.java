package dev.gatehouse.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2027-03-09T12:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "17, 17000", "0, 0", "-5, 0", "864000, 864000000", "soon, 0", "'', 0", "1.5, 0", "99999999999999999999, 0",
        "'Tue, 09 Mar 2027 12:00:30 GMT', 30000", "'Tue, 09 Mar 2027 11:00:00 GMT', 0", "'Tue, 9 Foo 2027', 0"})
    void secondsOrADateAndNothingElse(String value, long millis) {
        assertThat(RetryAfter.of(Headers.of("retry-after", value), NOON)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1500, 20, 1500", "x, 20, 20000"})
    void millisecondsComeFirst(String millis, String seconds, long wanted) {
        assertThat(RetryAfter.of(Headers.of("retry-after", seconds, "retry-after-ms", millis), NOON)).isEqualTo(Duration.ofMillis(wanted));
    }
}
