package dev.gatehouse.ratelimit.telemetry;

import dev.gatehouse.policy.limit.Quota;
import dev.gatehouse.policy.limit.Unit;
import dev.gatehouse.ratelimit.admit.Admission;
import dev.gatehouse.ratelimit.admit.Money;
import dev.gatehouse.ratelimit.admit.Proposal;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.ratelimit.admit.TokenUse;
import dev.gatehouse.ratelimit.settle.Outcome;
import dev.gatehouse.ratelimit.settle.Settler.Settled;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Records decisions and settlements. Meters:
 * <ul>
 *   <li>{@code gatehouse.ratelimit.decisions} (tags policy, outcome: admitted, refused, unreadable, unpriced, state_lost)
 *   <li>{@code gatehouse.ratelimit.refusals} (tags policy, limit, mode: enforce, shadow)
 *   <li>{@code gatehouse.ratelimit.used} (tags policy, limit, unit): what was charged, in the limit's unit
 *   <li>{@code gatehouse.ratelimit.settlements} (tags policy, outcome: whole, cut, no_answer, failed, estimated, not_forwarded; source of the output
 *       tokens: provider, counted, bytes, none)
 *   <li>{@code gatehouse.ratelimit.tokens} (tags policy, type: input, output)
 *   <li>{@code gatehouse.ratelimit.estimate.ratio} (tags policy, type: input, output): estimated tokens for each real one
 * </ul>
 */
public record RateLimitTelemetry(MeterRegistry meters) {

    private static final Logger LOG = Logger.getLogger("dev.gatehouse.ratelimit");

    /** A request was decided upon. */
    public void decided(Proposal proposal, Admission admission) {
        String policy = proposal.policy().name();
        switch (admission) {
            case Admission.Admitted admitted -> {
                decision(policy, "admitted");
                admitted.shadowed().forEach(standing -> refusal(policy, standing, "shadow"));
            }
            case Admission.Refused refused -> {
                decision(policy, "refused");
                refused.standings().stream().filter(standing -> !standing.level().fits()).forEach(standing -> refusal(policy, standing, "enforce"));
                LOG.debugf("refused: policy=%s limit=%s", policy, refused.worst().budget().limit().name());
            }
            case Admission.Unknown unknown -> decision(policy, "state_lost");
        }
    }

    /** A request was refused before any limit was asked: {@code unreadable} or {@code unpriced}. */
    public void refusedUnasked(String policy, String outcome) {
        decision(policy, outcome);
    }

    /** An exchange was charged. */
    public void settled(Proposal proposal, Outcome outcome, List<Settled> charges) {
        String policy = proposal.policy().name();
        meters.counter("gatehouse.ratelimit.settlements", "policy", policy, "outcome", name(outcome), "source", source(outcome)).increment();
        charges.forEach(charge -> used(policy, charge));
        if (outcome instanceof Outcome.Answered answered) {
            tokens(policy, answered.used().use());
            compare(policy, proposal.expected(), answered);
        }
    }

    private void decision(String policy, String outcome) {
        meters.counter("gatehouse.ratelimit.decisions", "policy", policy, "outcome", outcome).increment();
        Span.current().setAttribute("gatehouse.policy.id", policy).setAttribute("gatehouse.ratelimit.outcome", outcome);
    }

    private void refusal(String policy, Standing standing, String mode) {
        meters.counter("gatehouse.ratelimit.refusals", "policy", policy, "limit", standing.budget().limit().name(), "mode", mode).increment();
    }

    private void used(String policy, Settled charge) {
        charge.standing().budget().limit().limit().quota().map(Quota::unit).ifPresent(unit -> meters
                .counter("gatehouse.ratelimit.used", "policy", policy, "limit", charge.standing().budget().limit().name(), "unit", unit.name())
                .increment(unit == Unit.Cost ? Money.amount(charge.amount()).doubleValue() : charge.amount()));
    }

    private void tokens(String policy, TokenUse use) {
        meters.counter("gatehouse.ratelimit.tokens", "policy", policy, "type", "input").increment(use.input());
        meters.counter("gatehouse.ratelimit.tokens", "policy", policy, "type", "output").increment(use.output());
        Span.current().setAttribute("gen_ai.usage.input_tokens", use.input()).setAttribute("gen_ai.usage.output_tokens", use.output());
    }

    private void compare(String policy, TokenUse expected, Outcome.Answered answered) {
        if (answered.whole()) {
            ratio(policy, "input", expected.input(), answered.used().use().input());
            ratio(policy, "output", expected.output(), answered.used().use().output());
        }
    }

    private void ratio(String policy, String type, long expected, long real) {
        if (real > 0) {
            DistributionSummary.builder("gatehouse.ratelimit.estimate.ratio").tags("policy", policy, "type", type)
                    .publishPercentiles(0.5, 0.9).register(meters).record((double) expected / real);
        }
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotForwarded none -> "not_forwarded";
            case Outcome.Failed failed -> "failed";
            case Outcome.Estimated estimated -> "estimated";
            case Outcome.NoAnswer none -> "no_answer";
            case Outcome.Answered answered -> answered.whole() ? "whole" : "cut";
        };
    }

    private static String source(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered ? answered.used().source().name().toLowerCase(Locale.ROOT) : "none";
    }
}
