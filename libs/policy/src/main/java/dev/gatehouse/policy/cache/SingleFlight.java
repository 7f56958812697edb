package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;

/**
 * Equal prompts that come at the same time make one call of the model.
 *
 * @param maxWait the longest that one waits for another's answer before it goes to the model itself, 10 ms to 1 min; 10 s by default
 */
public record SingleFlight(
        @Default("10s") @ValidationRule(value = "duration(self) >= duration('10ms') && duration(self) <= duration('1m')", message = "must be 10ms to 1m") Duration maxWait) {

    public SingleFlight {
        maxWait = maxWait == null ? Duration.ofSeconds(10) : maxWait;
        InvalidField.check(Durations.within(maxWait, "10ms", "1m"), "maxWait", "must be 10ms to 1m");
    }
}
