package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.limit.OnStateLoss;
import dev.gatehouse.state.limit.Limits;

/** The one store of limits, as each way of going on without it sees it. */
@FunctionalInterface
public interface Stores {

    Limits of(OnStateLoss onStateLoss);
}
