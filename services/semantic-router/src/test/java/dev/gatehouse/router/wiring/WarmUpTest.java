package dev.gatehouse.router.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.router.TestRouter;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void exchangesAreRehearsed() throws Exception {
        assertThat(WarmUp.run(KeyedHash.random(), TestRouter.embedder())).isPositive();
    }
}
