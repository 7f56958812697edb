package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.HashKey;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import dev.gatehouse.state.limit.MemoryLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Puts the rate limit together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class RateLimitWiring {

    private static final long MOST_KEYS_IN_MEMORY = 1_000_000;

    private final PolicyWiring policies;
    private final CalloutServer callouts;

    RateLimitWiring(ServiceSettings settings, MeterRegistry meters, Tracer tracer) throws IOException {
        policies = new PolicyWiring(settings.config(), new MemoryLimits(MOST_KEYS_IN_MEMORY), HashKey.read(settings), meters);
        callouts = new CalloutServer(settings, policies.feature(), new TelemetryObserver(meters, tracer));
    }

    void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        callouts.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        callouts.stop();
        policies.close();
    }

    void routes(@Observes Router router) {
        callouts.mount(router);
    }

    @Produces
    @Readiness
    HealthCheck calloutsReady() {
        return () -> HealthCheckResponse.named("callouts").status(callouts.isServing()).build();
    }

    /** A policy that never was valid limits nothing; a pod that knows none of its last good states must not take traffic. */
    @Produces
    @Readiness
    HealthCheck policiesReady() {
        return () -> {
            Set<String> unlimited = policies.neverValid();
            return HealthCheckResponse.named("policies").status(unlimited.isEmpty()).withData("neverValid", String.join(",", unlimited)).build();
        };
    }
}
