package dev.gatehouse.router.health;

import dev.gatehouse.policy.routing.Health;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.health.CircuitRules;
import dev.gatehouse.state.health.SharedHealth;
import java.time.Duration;

/** Says what one policy makes of what was seen of one model. */
record Reporter(SharedHealth shared, Key subject, CircuitRules rules, Health policy) {

    void well(boolean trial) {
        shared.succeeded(subject, rules, trial);
    }

    void failed(boolean trial, Duration pause) {
        shared.failed(subject, rules, trial, pause);
    }

    void limited(boolean trial, Duration pause) {
        switch (policy.rateLimited()) {
            case Open -> shared.paused(subject, rules, trial, pause.isZero() ? policy.cooldown() : pause);
            case Count -> shared.failed(subject, rules, trial, Duration.ZERO);
            case Ignore -> nothing(trial);
        }
    }

    void nothing(boolean trial) {
        if (trial) {
            shared.trialIsVoid(subject, rules);
        }
    }
}
