package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.limit.OnStateLoss;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.limit.Decision;
import dev.gatehouse.state.limit.Level;
import dev.gatehouse.state.limit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reserves what was proposed: one call of the store for the limits that refuse, and one for those that only count. */
public record Admitter(Stores stores) {

    /**
     * When a reservation that was never settled returns, all but the input. A stream may last longer: its late settlement still charges
     * what it used, and only in the time between is its estimate free for others.
     */
    public static final Duration EXPIRY = Duration.ofMinutes(15);

    /** Takes all of it or nothing. */
    public Admission admit(Proposal proposal) {
        try {
            return decide(proposal);
        } catch (StateUnavailable lost) {
            return proposal.policy().spec().onStateLoss() == OnStateLoss.Closed ? new Admission.Unknown()
                    : new Admission.Admitted(List.of(), List.of(), false);
        }
    }

    private Admission decide(Proposal proposal) {
        Limits store = stores.of(proposal.policy().spec().onStateLoss());
        List<Standing> standings = List.of();
        if (!proposal.enforced().isEmpty()) {
            Decision decision = store.reserve(proposal.id(), Proposal.claims(proposal.enforced()), EXPIRY);
            standings = standings(proposal.enforced(), decision.levels());
            if (!decision.admitted()) {
                return new Admission.Refused(standings, worst(standings));
            }
        }
        return admitted(store, proposal, standings);
    }

    private static Admission.Admitted admitted(Limits store, Proposal proposal, List<Standing> standings) {
        if (proposal.shadowed().isEmpty()) {
            return new Admission.Admitted(standings, List.of(), false);
        }
        Decision decision = store.reserve(proposal.shadowId(), Proposal.claims(proposal.shadowed()), EXPIRY);
        List<Standing> shadowed = standings(proposal.shadowed(), decision.levels()).stream().filter(standing -> !standing.level().fits()).toList();
        return new Admission.Admitted(standings, shadowed, decision.admitted());
    }

    private static List<Standing> standings(List<Held> held, List<Level> levels) {
        List<Standing> standings = new ArrayList<>(held.size());
        for (int i = 0; i < held.size(); i++) {
            standings.add(new Standing(held.get(i).budget(), levels.get(i)));
        }
        return List.copyOf(standings);
    }

    /** An unknown wait counts as the shortest. */
    private static Standing worst(List<Standing> standings) {
        return standings.stream().filter(standing -> !standing.level().fits())
                .max(Comparator.comparingLong(standing -> standing.level().fitsInMillis())).orElseThrow();
    }
}
