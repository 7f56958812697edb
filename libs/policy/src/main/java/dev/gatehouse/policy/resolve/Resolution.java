package dev.gatehouse.policy.resolve;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.route.RouteRule;
import java.util.List;
import java.util.Optional;

/**
 * The policy that applies to a request.
 *
 * @param policy     the one that wins
 * @param overridden those that would apply too but for precedence, nearest first
 * @param rule       the route's rule that the request takes, where it is known
 */
public record Resolution<P extends Policy, C>(
        CompiledPolicy<P, C> policy, List<CompiledPolicy<P, C>> overridden, Optional<RouteRule> rule) {}
