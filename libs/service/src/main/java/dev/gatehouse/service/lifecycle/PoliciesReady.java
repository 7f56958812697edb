package dev.gatehouse.service.lifecycle;

import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready when every policy was valid once. One that never was has no last good state to go on with: its traffic would pass without the
 * feature, so the pod must not take any.
 *
 * @param neverValid namespace and name of such policies
 */
public record PoliciesReady(Supplier<Set<String>> neverValid) implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        Set<String> unknown = neverValid.get();
        return HealthCheckResponse.named("policies").status(unknown.isEmpty()).withData("neverValid", String.join(",", unknown)).build();
    }
}
