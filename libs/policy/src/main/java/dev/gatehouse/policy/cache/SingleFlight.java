package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.InvalidField;
import java.time.Duration;

/**
 * Equal prompts that come at the same time make one call of the model.
 *
 * @param maxWait the longest that one waits for another's answer before it goes to the model itself, 10 ms to 1 min; 10 s by default
 */
public record SingleFlight(Duration maxWait) {

    public SingleFlight {
        maxWait = maxWait == null ? Duration.ofSeconds(10) : maxWait;
        InvalidField.check(maxWait.toMillis() >= 10 && maxWait.toSeconds() <= 60, "maxWait", "must be 10ms to 1m");
    }
}
