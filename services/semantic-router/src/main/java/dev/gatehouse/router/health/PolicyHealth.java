package dev.gatehouse.router.health;

import dev.gatehouse.policy.routing.Health;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.health.CircuitRules;
import dev.gatehouse.state.health.SharedHealth;
import dev.gatehouse.state.health.Standing;
import dev.gatehouse.state.health.Standing.Circuit;
import dev.gatehouse.state.health.Subject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The health of one policy's candidates, judged by that policy's rules. Thread-safe; never waits. */
public final class PolicyHealth {

    private final SharedHealth shared;
    private final Health policy;
    private final CircuitRules rules;
    private final Map<String, Key> subjects;

    /**
     * @param shared what all replicas saw
     * @param keys   the service's key builder
     * @param scope  where the policy names none: its namespace
     * @param models all candidates of the policy
     */
    public PolicyHealth(SharedHealth shared, Keys keys, String scope, Health policy, List<String> models) {
        this.shared = shared;
        this.policy = policy;
        this.rules = new CircuitRules(policy.consecutiveFailures(), policy.failurePercent(), policy.minimumRequests(), policy.window(),
                policy.cooldown(), policy.maxCooldown());
        Map<String, Key> named = new HashMap<>();
        models.forEach(model -> named.put(model, Subject.model(policy.scope().orElse(scope), model).key(keys)));
        this.subjects = Map.copyOf(named);
    }

    /** Why the model is out; empty if it is not, or is none of the policy's. */
    public Optional<Unavailable> outage(String model) {
        return Optional.ofNullable(subjects.get(model)).map(subject -> shared.standing(subject, rules)).filter(PolicyHealth::isOut)
                .map(standing -> new Unavailable(Unavailable.Reason.CIRCUIT, words(standing)));
    }

    /** As {@link Availability#take}. */
    public Optional<Watch> take(String model, boolean streams) {
        Key subject = subjects.get(model);
        if (subject == null) {
            return Optional.of(Watch.NONE);
        }
        SharedHealth.Permit permit = shared.permit(subject, rules);
        return permit.given() ? Optional.of(watch(subject, permit.trial(), streams)) : Optional.empty();
    }

    /** As {@link Availability#force}. */
    public Watch force(String model, boolean streams) {
        Key subject = subjects.get(model);
        return subject == null ? Watch.NONE : watch(subject, shared.permit(subject, rules).trial(), streams);
    }

    /** How all candidates stand, for people. */
    public Map<String, Standing> standings() {
        Map<String, Standing> standings = new HashMap<>();
        subjects.forEach((model, subject) -> standings.put(model, shared.standing(subject, rules)));
        return standings;
    }

    private Watch watch(Key subject, boolean trial, boolean streams) {
        return new HealthWatch(new Reporter(shared, subject, rules, policy), policy.slow().filter(limit -> streams), trial);
    }

    private static boolean isOut(Standing standing) {
        return standing.circuit() == Circuit.OPEN || standing.circuit() == Circuit.HALF_OPEN && !standing.granted();
    }

    private static String words(Standing standing) {
        String cause = standing.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return standing.circuit() == Circuit.OPEN ? cause + ", for " + seconds(standing.remaining()) + " s more" : cause + ", being tried";
    }

    private static long seconds(Duration duration) {
        return Math.max(1, Math.ceilDiv(duration.toMillis(), 1_000));
    }
}
