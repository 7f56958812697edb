package dev.gatehouse.router.budget;

import dev.gatehouse.router.health.Asker;
import dev.gatehouse.router.health.Availability;
import dev.gatehouse.router.health.PolicyHealth;
import dev.gatehouse.router.health.Unavailable;
import dev.gatehouse.router.health.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Health first, since it costs nothing; then budgets of those that are left.
 *
 * @param health  empty where the policy does not ask for it
 * @param budgets empty where the policy does not, or the service knows no rate limit service
 */
public record CheckedAvailability(Optional<PolicyHealth> health, Optional<BudgetCheck> budgets) implements Availability {

    @Override
    public Map<String, Unavailable> unavailable(Asker asker, List<String> models) {
        Map<String, Unavailable> out = new HashMap<>();
        health.ifPresent(known -> models.forEach(model -> known.outage(model).ifPresent(why -> out.put(model, why))));
        List<String> left = models.stream().filter(model -> !out.containsKey(model)).toList();
        budgets.filter(check -> !left.isEmpty()).ifPresent(check -> out.putAll(check.spent(asker, left)));
        return out;
    }

    @Override
    public Optional<Watch> take(String model, boolean streams) {
        return health.map(known -> known.take(model, streams)).orElse(Optional.of(Watch.NONE));
    }

    @Override
    public Watch force(String model, boolean streams) {
        return health.map(known -> known.force(model, streams)).orElse(Watch.NONE);
    }
}
