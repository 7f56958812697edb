package dev.gatehouse.guard.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.guard.GuardFeature;
import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.compile.GuardCompiler;
import dev.gatehouse.guard.dryrun.InspectAnswer;
import dev.gatehouse.guard.telemetry.GuardTelemetry;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.service.http.JsonLinesRoute;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.HashKey;
import dev.gatehouse.service.lifecycle.Policies;
import dev.gatehouse.service.lifecycle.RedisConfig;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import dev.gatehouse.state.RedisState;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** Puts the guard together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class GuardWiring {

    private static final int MAX_DRY_RUN_BYTES = 64 << 20;

    private final KeyedHash hash;
    private final Optional<RedisState> redis;
    private final GuardCompiler compiler = new GuardCompiler();
    private final Policies policies;
    private final CalloutServer callouts;
    private final JsonLinesRoute inspect;

    GuardWiring(ServiceSettings settings, RedisConfig redisConfig, VaultConfig vault, MeterRegistry meters, Tracer tracer, Vertx vertx)
            throws IOException {
        hash = HashKey.read(settings);
        redis = redisConfig.settings().map(chosen -> new RedisState(vertx, chosen));
        policies = Policies.of(settings);
        PolicySource<PromptGuardPolicy, CompiledGuard> guards = policies.open(PromptGuardPolicy.KIND, compiler);
        GuardFeature feature = new GuardFeature(guards, hash, new GuardTelemetry(meters), vault.open(redis, hash, meters));
        callouts = new CalloutServer(settings, feature, new TelemetryObserver(meters, tracer, policies.refusals()));
        inspect = new JsonLinesRoute(new InspectAnswer(guards, hash), MAX_DRY_RUN_BYTES);
    }

    void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        WarmUp.run(compiler, hash);
        policies.whenThere(callouts::start);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        callouts.stop();
        policies.close();
        redis.ifPresent(RedisState::close);
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
