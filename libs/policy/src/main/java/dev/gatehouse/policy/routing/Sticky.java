package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;

/**
 * Keeps a conversation on the route and model that were chosen first, as long as both are there. Replicas share it by Redis.
 *
 * @param timeToLive since the conversation's last turn, 1s to 168h; 1h when absent
 */
public record Sticky(
        @Default("1h") @ValidationRule(value = "duration(self) >= duration('1s') && duration(self) <= duration('168h')", message = "must be 1s to 168h") Duration timeToLive) {

    public Sticky {
        timeToLive = timeToLive == null ? Duration.ofHours(1) : timeToLive;
        InvalidField.check(Durations.within(timeToLive, "1s", "168h"), "timeToLive", "must be 1s to 168h");
    }
}
