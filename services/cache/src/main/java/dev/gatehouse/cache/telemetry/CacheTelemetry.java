package dev.gatehouse.cache.telemetry;

import dev.gatehouse.cache.ask.Reason;
import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.flight.Seat;
import dev.gatehouse.cache.refresh.Revalidation;
import dev.gatehouse.cache.tier.Outcome.Hit;
import dev.gatehouse.cache.tier.Outcome.Miss;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.policy.limit.Price;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Records what became of requests. Counters: {@code gatehouse.cache.requests} (tags policy; result: hit, stale, miss, bypass; tier; reason),
 * {@code gatehouse.cache.near.misses} (policy, veto; {@code none} where the entry was just not sure enough), {@code gatehouse.cache.tokens.saved}
 * (policy, {@code gen_ai.token.type}: input, output), {@code gatehouse.cache.money.saved} (policy; in the currency of its prices), {@code gatehouse.cache.answers} (policy; result: stored, or why not),
 * {@code gatehouse.cache.lessons} (policy; source: miss, explored, shadow; right), {@code gatehouse.cache.shadow.hits} (policy, tier),
 * {@code gatehouse.cache.flights} (policy; seat: pilot, passenger; result: shared, asked) and {@code gatehouse.cache.revalidations} (policy, result). Timer
 * {@code gatehouse.cache.lookup} (policy, result, tier). Gauges are {@link BoundGauges}.
 */
public record CacheTelemetry(MeterRegistry meters, BoundGauges bounds, Unattached unattached) {

    private static final Logger LOG = Logger.getLogger("dev.gatehouse.cache");
    private static final String NONE = "none";
    /** A model's name is the client's: any text, of any length. */
    private static final int MAX_MODEL_LENGTH = 128;
    private static final double TOKENS_OF_A_PRICE = 1_000_000;

    /** @param bound of which {@link BoundGauges} tell */
    public CacheTelemetry(MeterRegistry meters, Bound bound) {
        this(meters, new BoundGauges(meters, bound), new Unattached());
    }

    /** Where a lesson is from; the names are labels. */
    public enum Lesson { miss, explored, shadow }

    /** A request was not looked up. */
    public void bypassed(String policy, Reason reason) {
        count(policy, "bypass", NONE, reason.name());
    }

    /** A request was looked up, in that time. */
    public void lookedUp(CompiledCache cache, Outcome outcome, Duration took) {
        bounds.inUse(cache);
        String policy = cache.name();
        String result = word(outcome);
        String tier = outcome instanceof Hit hit ? hit.tier().name() : NONE;
        count(policy, result, tier, outcome instanceof Miss miss ? miss.why().name() : NONE);
        Timer.builder("gatehouse.cache.lookup").tags("policy", policy, "result", result, "tier", tier)
                .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(20),
                        Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200))
                .register(meters).record(took);
        if (outcome instanceof Miss miss) {
            miss.near().ifPresent(near -> nearMiss(policy, near.candidate().judgement().veto().map(Enum::name).orElse(NONE)));
        }
    }

    /** hit, stale or miss. */
    public static String word(Outcome outcome) {
        return switch (outcome) {
            case Hit hit -> hit.stale() ? "stale" : "hit";
            case Miss miss -> "miss";
        };
    }

    /** The model that a client asks for, on the current span. */
    public static void asked(Optional<String> model) {
        model.ifPresent(name -> Span.current().setAttribute("gen_ai.request.model", name.substring(0, Math.min(name.length(), MAX_MODEL_LENGTH))));
    }

    /** An answer from the cache has saved what it cost when it was made. */
    public void saved(String policy, Usage usage, Optional<Price> price) {
        long input = usage.input().orElse(0);
        long output = usage.output().orElse(0);
        meters.counter("gatehouse.cache.tokens.saved", "policy", policy, "gen_ai.token.type", "input").increment(input);
        meters.counter("gatehouse.cache.tokens.saved", "policy", policy, "gen_ai.token.type", "output").increment(output);
        price.ifPresent(known -> meters.counter("gatehouse.cache.money.saved", "policy", policy).increment(
                (known.input().doubleValue() * input + known.output().doubleValue() * output) / TOKENS_OF_A_PRICE));
    }

    /** A hit that shadow mode did not serve. */
    public void shadowed(String policy, Hit hit) {
        meters.counter("gatehouse.cache.shadow.hits", "policy", policy, "tier", hit.tier().name()).increment();
    }

    /** A request has shared another's call, or asks the model itself. */
    public void joined(String policy, Seat seat, boolean shared) {
        String part = seat instanceof Seat.Pilot ? "pilot" : "passenger";
        meters.counter("gatehouse.cache.flights", "policy", policy, "seat", part, "result", shared ? "shared" : "asked").increment();
    }

    /** A stale answer was asked for anew. */
    public void revalidated(String policy, Revalidation.Result result) {
        meters.counter("gatehouse.cache.revalidations", "policy", policy, "result", result.name()).increment();
    }

    /** A fresh answer was stored, or not. */
    public void answered(String policy, String result) {
        meters.counter("gatehouse.cache.answers", "policy", policy, "result", result).increment();
        LOG.debugf("answer: policy=%s result=%s", policy, result);
    }

    /** A fresh answer told whether a kept one would have been right. */
    public void learnt(String policy, Lesson source, boolean right) {
        meters.counter("gatehouse.cache.lessons", "policy", policy, "source", source.name(), "right", Boolean.toString(right)).increment();
    }

    private void nearMiss(String policy, String veto) {
        meters.counter("gatehouse.cache.near.misses", "policy", policy, "veto", veto).increment();
    }

    private void count(String policy, String result, String tier, String reason) {
        meters.counter("gatehouse.cache.requests", "policy", policy, "result", result, "tier", tier, "reason", reason).increment();
        Span.current().setAttribute("gatehouse.policy.id", policy).setAttribute("gatehouse.cache.result", result)
                .setAttribute("gatehouse.cache.tier", tier).setAttribute("gatehouse.cache.reason", reason);
    }
}
