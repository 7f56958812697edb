package dev.gatehouse.cache.tier;

import dev.gatehouse.state.Key;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a look-up found. */
public sealed interface Outcome {

    /**
     * An answer that may be served.
     *
     * @param entry its key
     * @param score the verifier's probability that it is right; 1 in the exact tier
     * @param kept  the entry
     * @param age   since it was stored
     * @param stale whether it has expired, and may be served while a new one is fetched
     * @param near  what the semantic tier judged; empty in the exact tier
     */
    record Hit(Key entry, Tier tier, double score, Kept kept, Duration age, boolean stale, Optional<Near> near) implements Outcome {}

    /** None. @param judged the entries that were looked at, that which came nearest to answering first */
    record Miss(Why why, List<Near> judged) implements Outcome {

        public Miss {
            judged = List.copyOf(judged);
        }

        /** A miss with nothing near. */
        public static Miss of(Why why) {
            return new Miss(why, List.of());
        }

        /** The entry that came nearest to answering. */
        public Optional<Near> near() {
            return judged.stream().findFirst();
        }
    }

    /** Why there is none; the names are labels of metrics. */
    enum Why {
        /** Nothing near enough is kept. */ nothing_near,
        /** The verifier found a difference that matters. */ vetoed,
        /** It might be right, and is not sure enough for the bound. */ unsure,
        /** It would have been served, and goes to the model to learn whether it is right. */ explored,
        /** The text has no vector, or not in time. */ no_vector,
        /** The store did not answer. */ store_unavailable,
        /** The look-up took longer than the policy's timeout. */ too_late,
        /** The client wants a fresh answer. */ not_looked_up
    }
}
