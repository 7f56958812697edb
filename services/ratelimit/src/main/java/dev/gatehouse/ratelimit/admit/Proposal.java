package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.limit.Price;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.ratelimit.ask.Question;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.limit.Claim;
import dev.gatehouse.state.limit.ReservationId;
import java.util.List;
import java.util.Optional;

/**
 * What one request is to reserve.
 *
 * @param policy   the policy
 * @param question the request
 * @param price    of its model, where it has one
 * @param expected tokens that it is expected to use
 * @param subject  whose answers those are, for what is learned of their length
 * @param enforced claims of limits that refuse, under {@code id}
 * @param shadowed claims of limits that only count, under {@code shadowId}
 */
public record Proposal(
        CompiledLimits policy, Question question, Optional<Price> price, TokenUse expected, Key subject, List<Held> enforced, List<Held> shadowed,
        ReservationId id, ReservationId shadowId) {

    public Asked asked() {
        return question.asked();
    }

    /** Whether no limit applies. */
    public boolean isEmpty() {
        return enforced.isEmpty() && shadowed.isEmpty();
    }

    /** Whether any of its claims counts tokens. */
    public boolean countsTokens() {
        return enforced.stream().anyMatch(Proposal::isOfTokens) || shadowed.stream().anyMatch(Proposal::isOfTokens);
    }

    /** Whether any of its claims lasts until the answer has ended. */
    public boolean lastsToTheEnd() {
        return enforced.stream().anyMatch(Proposal::isInFlight) || shadowed.stream().anyMatch(Proposal::isInFlight);
    }

    static List<Claim> claims(List<Held> held) {
        return held.stream().map(Held::claim).toList();
    }

    private static boolean isOfTokens(Held held) {
        return held.budget().limit().limit().isOfTokens();
    }

    private static boolean isInFlight(Held held) {
        return held.budget().limit().limit().concurrency().isPresent();
    }
}
