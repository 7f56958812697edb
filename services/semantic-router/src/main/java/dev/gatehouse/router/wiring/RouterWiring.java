package dev.gatehouse.router.wiring;

import dev.gatehouse.router.RouterFeature;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** Puts the router together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class RouterWiring {

    private final CalloutServer callouts;

    RouterWiring(ServiceSettings settings, MeterRegistry meters, Tracer tracer) {
        callouts = new CalloutServer(settings, new RouterFeature(), new TelemetryObserver(meters, tracer));
    }

    void start(@Observes StartupEvent event) throws IOException {
        callouts.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        callouts.stop();
    }

    void routes(@Observes Router router) {
        callouts.mount(router);
    }

    @Produces
    @Readiness
    HealthCheck calloutsReady() {
        return callouts.readiness();
    }
}
