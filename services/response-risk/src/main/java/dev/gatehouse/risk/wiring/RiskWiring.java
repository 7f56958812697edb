package dev.gatehouse.risk.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.risk.RiskFeature;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.compile.RiskCompiler;
import dev.gatehouse.risk.dryrun.InspectAnswer;
import dev.gatehouse.risk.moderation.Moderators;
import dev.gatehouse.risk.telemetry.RiskTelemetry;
import dev.gatehouse.service.http.JsonLinesRoute;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.HashKey;
import dev.gatehouse.service.lifecycle.Policies;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** Puts the service together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class RiskWiring {

    private static final int MAX_DRY_RUN_BYTES = 64 << 20;

    private final KeyedHash hash;
    private final RiskCompiler compiler;
    private final Policies policies;
    private final CalloutServer callouts;
    private final JsonLinesRoute inspect;

    RiskWiring(ServiceSettings settings, @ConfigProperty(name = "gatehouse.credentials") Optional<Path> credentials, MeterRegistry meters, Tracer tracer)
            throws IOException {
        hash = HashKey.read(settings);
        compiler = new RiskCompiler(Moderators.of(credentials));
        policies = Policies.of(settings);
        PolicySource<ResponseRiskPolicy, CompiledRisk> risks = policies.open(ResponseRiskPolicy.KIND, compiler);
        RiskFeature feature = new RiskFeature(risks, hash, new RiskTelemetry(meters));
        callouts = new CalloutServer(settings, feature, new TelemetryObserver(meters, tracer, policies.refusals()));
        inspect = new JsonLinesRoute(new InspectAnswer(risks), MAX_DRY_RUN_BYTES);
    }

    void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        WarmUp.run(compiler, hash);
        policies.whenThere(callouts::start);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        callouts.stop();
        policies.close();
    }

    void routes(@Observes Router router) {
        callouts.mount(router);
    }

    void management(@Observes ManagementInterface management) {
        inspect.mount(management.router(), "/v1/inspect");
        policies.mount(management.router());
    }

    @Produces
    @Readiness
    HealthCheck calloutsReady() {
        return callouts.readiness();
    }

    @Produces
    @Readiness
    HealthCheck policiesReady() {
        return policies.readiness();
    }
}
