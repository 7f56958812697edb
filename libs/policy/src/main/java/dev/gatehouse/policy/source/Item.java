package dev.gatehouse.policy.source;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.document.Place;
import dev.gatehouse.policy.route.HttpRoute;

/** A document that was read. */
sealed interface Item<P extends Policy, C> {

    /** Where it stands. */
    Place place();

    record OfPolicy<P extends Policy, C>(CompiledPolicy<P, C> policy) implements Item<P, C> {
        @Override
        public Place place() {
            return policy.place();
        }
    }

    record OfRoute<P extends Policy, C>(HttpRoute route, Place place) implements Item<P, C> {}
}
