package dev.gatehouse.cache.wiring;

import dev.gatehouse.cache.CacheFeature;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.source.FolderSource;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.PoliciesReady;
import dev.gatehouse.service.lifecycle.PolicyLog;
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

/** Puts the cache together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class CacheWiring {

    private final PolicySource<SemanticCachePolicy, CompiledCache> policies;
    private final CalloutServer callouts;

    CacheWiring(ServiceSettings settings, MeterRegistry meters, Tracer tracer) throws IOException {
        policies = FolderSource.open(settings.config(), SemanticCachePolicy.KIND, new CacheCompiler(), new PolicyLog());
        callouts = new CalloutServer(settings, new CacheFeature(policies), new TelemetryObserver(meters, tracer));
    }

    void start(@Observes StartupEvent event) throws IOException {
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
        return callouts.readiness();
    }

    @Produces
    @Readiness
    HealthCheck policiesReady() {
        return new PoliciesReady(() -> policies.current().neverValid());
    }
}
