package dev.gatehouse.ratelimit;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.ratelimit.admit.Admitter;
import dev.gatehouse.ratelimit.admit.Budgets;
import dev.gatehouse.ratelimit.admit.OutputEstimates;
import dev.gatehouse.ratelimit.admit.Proposer;
import dev.gatehouse.ratelimit.admit.Stores;
import dev.gatehouse.ratelimit.keys.KeyBook;
import dev.gatehouse.ratelimit.settle.Settler;
import dev.gatehouse.ratelimit.telemetry.RateLimitTelemetry;
import dev.gatehouse.tokens.TokenCounter;

/**
 * What all exchanges share.
 *
 * @param hash      the service's keyed hash, for keys and principals
 * @param counter   counts tokens
 * @param proposer  says what to reserve
 * @param admitter  reserves it
 * @param settler   charges what was used
 * @param keys      the keys seen
 * @param telemetry where decisions are recorded
 */
public record Limiter(
        KeyedHash hash, TokenCounter counter, Proposer proposer, Admitter admitter, Settler settler, KeyBook keys, RateLimitTelemetry telemetry) {

    /** Over one store, as each way of going on without it sees it. */
    public static Limiter over(Stores stores, Budgets budgets, KeyedHash hash, TokenCounter counter, RateLimitTelemetry telemetry) {
        OutputEstimates estimates = new OutputEstimates();
        return new Limiter(hash, counter, new Proposer(budgets, estimates), new Admitter(stores), new Settler(stores, estimates, counter),
                new KeyBook(hash), telemetry);
    }
}
