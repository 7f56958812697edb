package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.state.limit.LeaseOptions;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How much of a hot budget a replica may draw ahead and decide on alone; {@code GATEHOUSE_LEASES_SHARE} and so on. */
@ConfigMapping(prefix = "gatehouse.leases")
public interface LeaseConfig {

    /** Of what remains of a budget, the part that all replicas together may hold: 0 (no leases) to 0.5. */
    @WithDefault("0")
    double share();

    /** The longest that a replica holds what it does not use. */
    @WithDefault("1s")
    Duration term();

    /** Calls a second on one budget from which on it is leased. */
    @WithDefault("50")
    int hot();

    /** @param replicas that share the store */
    default Optional<LeaseOptions> options(int replicas) {
        return share() == 0 ? Optional.empty() : Optional.of(new LeaseOptions(share(), replicas, term(), hot()));
    }
}
