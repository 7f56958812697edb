package dev.gatehouse.ratelimit.settle;

import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.ratelimit.admit.Admission;
import dev.gatehouse.ratelimit.admit.Budget;
import dev.gatehouse.ratelimit.admit.Held;
import dev.gatehouse.ratelimit.admit.Measure;
import dev.gatehouse.ratelimit.admit.OutputEstimates;
import dev.gatehouse.ratelimit.admit.Proposal;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.ratelimit.admit.Stores;
import dev.gatehouse.ratelimit.admit.TokenUse;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Charge;
import dev.gatehouse.state.limit.Hit;
import dev.gatehouse.state.limit.Limits;
import dev.gatehouse.state.limit.Settlement;
import dev.gatehouse.tokens.TokenCount;
import dev.gatehouse.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/** Charges an exchange what it came to, and learns from it. */
public record Settler(Stores stores, OutputEstimates estimates, TokenCounter counter) {

    /**
     * Charges the proposal's claims.
     *
     * @param measure at the price of the model that answered
     * @return what was charged; empty where the store is lost
     */
    public List<Settled> settle(Proposal proposal, Admission.Admitted admitted, Outcome outcome, Measure measure) {
        Limits store = stores.of(proposal.policy().spec().onStateLoss());
        try {
            List<Settled> settled = charge(store, proposal, outcome, measure);
            chargeShadowed(store, proposal, admitted, outcome, measure);
            return settled;
        } catch (StateUnavailable lost) {
            return List.of();
        }
    }

    /**
     * What one budget was charged.
     *
     * @param standing how full it is then
     * @param amount   what was charged
     */
    public record Settled(Standing standing, long amount) {}

    /** Gives back what may have been reserved, where it is not known whether it was. */
    public void release(Proposal proposal) {
        settle(proposal, new Admission.Admitted(List.of(), List.of(), true), new Outcome.NotForwarded(), new Measure(proposal.question(), proposal.price()));
    }

    /** Learns how long answers get, and how far our counts are off. */
    public void learn(Proposal proposal, Outcome.Answered answered, LlmResponse response) {
        if (!answered.whole() || answered.share() < 1) {
            return;
        }
        estimates.learn(proposal.subject(), answered.used().use().output());
        Asked asked = proposal.asked();
        response.usage().input().ifPresent(said -> counter.learnInput(asked.model(), asked.input(), said));
        if (answered.used().source() == Used.Source.PROVIDER) {
            String model = Used.model(asked, response, counter);
            TokenUse use = answered.used().use();
            TokenCount counted = Used.count(counter, model, response);
            counter.learnOutput(model, counted, use.output() - use.reasoning());
        }
    }

    private static List<Settled> charge(Limits store, Proposal proposal, Outcome outcome, Measure measure) {
        List<Charge> charges = charges(proposal.enforced(), outcome, measure);
        if (charges.isEmpty()) {
            return List.of();
        }
        List<Settlement> settlements = store.settle(proposal.id(), charges);
        List<Settled> settled = new ArrayList<>(charges.size());
        for (int i = 0; i < charges.size(); i++) {
            Budget budget = proposal.enforced().get(i).budget();
            settled.add(new Settled(new Standing(budget, settlements.get(i).level()), charges.get(i).actual()));
        }
        return List.copyOf(settled);
    }

    private static void chargeShadowed(Limits store, Proposal proposal, Admission.Admitted admitted, Outcome outcome, Measure measure) {
        List<Charge> charges = charges(proposal.shadowed(), outcome, measure);
        if (charges.isEmpty()) {
            return;
        }
        if (admitted.shadowHeld()) {
            store.settle(proposal.shadowId(), charges);
        } else {
            store.add(charges.stream().map(charge -> new Hit(charge.claim().bucket(), charge.actual())).toList());
        }
    }

    private static List<Charge> charges(List<Held> held, Outcome outcome, Measure measure) {
        return held.stream().map(each -> new Charge(each.claim(), actual(each, outcome, measure))).toList();
    }

    private static long actual(Held held, Outcome outcome, Measure measure) {
        return switch (outcome) {
            case Outcome.NotForwarded none -> 0;
            case Outcome.Failed failed -> held.budget().limit().limit().isOfTokens() ? 0 : held.claim().estimate();
            case Outcome.Estimated estimated -> held.claim().estimate();
            case Outcome.NoAnswer none -> held.claim().floor();
            case Outcome.Answered answered -> used(held.budget(), answered, measure);
        };
    }

    private static long used(Budget budget, Outcome.Answered answered, Measure measure) {
        long whole = measure.amount(budget.limit(), answered.used().use());
        return budget.limit().limit().isOfTokens() ? Math.round(whole * answered.share()) : whole;
    }
}
