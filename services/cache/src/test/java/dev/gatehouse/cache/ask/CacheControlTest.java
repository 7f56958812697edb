package dev.gatehouse.cache.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheControlTest {

    @Test
    void directivesAreReadInAnyCaseOrderAndNumberOfFields() {
        CacheControl asked = CacheControl.of(new Headers(List.of(new Headers.Field("cache-control", "Max-Age=60, NO-CACHE"),
                new Headers.Field("cache-control", "only-if-cached,no-store, community=\"UCI\""))));
        assertThat(asked).isEqualTo(new CacheControl(true, true, Optional.of(Duration.ofSeconds(60)), true));
    }

    @Test
    void nothingAskedIsNothing() {
        assertThat(CacheControl.of(Headers.empty())).isEqualTo(CacheControl.NONE);
        assertThat(CacheControl.of(Headers.of("cache-control", "max-stale=60, no-transform"))).isEqualTo(CacheControl.NONE);
    }

    @Test
    void pragmaCountsWhereNothingElseIsSaid() {
        assertThat(CacheControl.of(Headers.of("pragma", "No-Cache")).noCache()).isTrue();
        assertThat(CacheControl.of(Headers.of("pragma", "no-cache", "cache-control", "max-age=5")).noCache()).isFalse();
    }

    @Test
    void anAgeThatIsNoneAsksForAFreshAnswer() {
        assertThat(CacheControl.of(Headers.of("cache-control", "max-age=-1")).maxAge()).contains(Duration.ZERO);
        assertThat(CacheControl.of(Headers.of("cache-control", "max-age=x")).maxAge()).contains(Duration.ZERO);
        assertThat(CacheControl.of(Headers.of("cache-control", "max-age=")).maxAge()).contains(Duration.ZERO);
        assertThat(CacheControl.of(Headers.of("cache-control", "max-age=\"7\"")).maxAge()).contains(Duration.ofSeconds(7));
        assertThat(CacheControl.of(Headers.of("cache-control", "max-age=99999999999999999999")).maxAge().orElseThrow()).isGreaterThan(Duration.ofDays(1000));
        assertThat(CacheControl.of(Headers.of("cache-control", "max-age=9, max-age=3, max-age=5")).maxAge()).contains(Duration.ofSeconds(3));
    }
}
