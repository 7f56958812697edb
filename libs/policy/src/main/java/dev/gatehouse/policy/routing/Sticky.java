package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.InvalidField;
import java.time.Duration;

/**
 * Keeps a conversation on the route and model that were chosen first, as long as both are there. Replicas share it by Redis.
 *
 * @param timeToLive since the conversation's last turn, 1s to 168h; 1h when absent
 */
public record Sticky(Duration timeToLive) {

    public Sticky {
        timeToLive = timeToLive == null ? Duration.ofHours(1) : timeToLive;
        InvalidField.check(timeToLive.toSeconds() >= 1 && timeToLive.toDays() <= 7, "timeToLive", "must be 1s to 168h");
    }
}
