package dev.gatehouse.ratelimit.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void littleIsKnownOfFewValues() {
        Recent recent = new Recent();
        for (int i = 0; i < 4; i++) {
            recent.add(100);
            assertThat(recent.usual()).isEmpty();
        }
        recent.add(100);
        assertThat(recent.usual().orElseThrow()).isBetween(100L, 115L);
    }

    @Test
    void nineOfTenValuesAreNotAbove() {
        Recent recent = new Recent();
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            recent.add(random.nextInt(1000));
        }
        assertThat(recent.usual().orElseThrow()).isBetween(780L, 1150L);
    }

    @Test
    void thePastFades() {
        Recent recent = new Recent();
        for (int i = 0; i < 10_000; i++) {
            recent.add(50_000);
        }
        for (int i = 0; i < 150; i++) {
            recent.add(10);
        }
        assertThat(recent.usual().orElseThrow()).isBetween(10L, 12L);
    }

    @Test
    void oneOutlierDoesNotSpeakForAll() {
        Recent recent = new Recent();
        for (int i = 0; i < 50; i++) {
            recent.add(20);
        }
        recent.add(100_000);
        assertThat(recent.usual().orElseThrow()).isBetween(20L, 23L);
    }

    @Test
    void zeroIsAValue() {
        Recent recent = new Recent();
        for (int i = 0; i < 10; i++) {
            recent.add(0);
        }
        assertThat(recent.usual().orElseThrow()).isEqualTo(1);
    }
}
