package dev.gatehouse.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskGateTest {

    private final AskGate gate = new AskGate();

    @Test
    void afterThreeFailuresNobodyAsks() {
        for (int i = 0; i < 3; i++) {
            assertThat(gate.mayAsk()).isTrue();
            gate.failed();
        }
        assertThat(gate.mayAsk()).isFalse();
    }

    @Test
    void anAnswerInBetweenEndsTheRow() {
        for (int i = 0; i < 10; i++) {
            gate.failed();
            gate.failed();
            gate.answered();
        }
        assertThat(gate.mayAsk()).isTrue();
    }
}
