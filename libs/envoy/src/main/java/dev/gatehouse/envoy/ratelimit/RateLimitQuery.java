package dev.gatehouse.envoy.ratelimit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One question: may this request pass, and count it.
 *
 * @param domain      whose limits apply
 * @param descriptors what the request is, each judged for itself
 * @param hitsAddend  how much the request counts, an unsigned 32 bit number; 0 where the host did not say
 */
public record RateLimitQuery(String domain, List<Descriptor> descriptors, long hitsAddend) {

    /**
     * @param override a limit that the host brings along, in place of the configured one
     * @param hits     how much this descriptor counts, in place of {@code hitsAddend}; 0 looks without counting
     * @param refund   takes the hits back instead ({@code is_negative_hits}, Envoy 1.38)
     */
    public record Descriptor(List<Entry> entries, Optional<Override> override, OptionalLong hits, boolean refund) {}

    /** One step of a descriptor. Both may be text of a client and must not reach a log. */
    public record Entry(String key, String value) {

        @java.lang.Override
        public String toString() {
            return "Entry[...]";
        }
    }

    /** @param unit empty where the host named none that exists: such a limit cannot be counted */
    public record Override(long requestsPerUnit, Optional<LimitUnit> unit) {}

    /** How much a descriptor counts: its own hits, else the request's, else 1. */
    public long hits(Descriptor descriptor) {
        return descriptor.hits().orElse(Math.max(1, hitsAddend));
    }
}
