package dev.gatehouse.cache.tier;

import dev.gatehouse.state.vector.Stock;
import java.time.Duration;

/**
 * On what terms a question's answer is looked up and kept.
 *
 * @param ttl           how long an answer is fresh
 * @param stale         how long after that it may be served while a new one is fetched; zero for not at all
 * @param semantic      whether nearness counts; the exact tier alone otherwise
 * @param candidates    nearest entries that are looked at
 * @param minimumCosine entries less near are not looked at
 * @param caps          of the owner
 * @param maxBytes      of one entry's value
 */
public record Terms(Duration ttl, Duration stale, boolean semantic, int candidates, double minimumCosine, Stock.Caps caps, int maxBytes) {

    /** How long an entry is kept. */
    Duration kept() {
        return ttl.plus(stale);
    }
}
