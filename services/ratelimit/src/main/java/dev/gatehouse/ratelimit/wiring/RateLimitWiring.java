package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.ratelimit.dropin.DropIn;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.HashKey;
import dev.gatehouse.service.lifecycle.Policies;
import dev.gatehouse.service.lifecycle.RedisConfig;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import dev.gatehouse.state.RedisSettings;
import dev.gatehouse.state.limit.AsyncLimits;
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

/** Puts the rate limit together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class RateLimitWiring {

    private final Policies policies;
    private final PolicyWiring limiting;
    private final CalloutServer callouts;
    private final DescriptorWiring descriptors;
    private final Store store;
    private final Optional<Store> perSecond;
    private final Vertx vertx;

    RateLimitWiring(ServiceSettings settings, RedisConfig redis, LeaseConfig leases, CountingConfig counting, MeterRegistry meters, Tracer tracer, Vertx vertx) throws IOException {
        this.vertx = vertx;
        Optional<DropIn> dropIn = DropIn.of(System.getenv());
        KeyedHash hash = hash(settings, dropIn);
        Optional<RedisSettings> chosen = dropIn.map(set -> Store.settings(set.redis())).or(redis::settings);
        store = chosen.map(set -> Store.inRedis(vertx, set, redis.replicas(), leases.options(redis.replicas()), meters)).orElseGet(Store::inMemory);
        perSecond = dropIn.flatMap(DropIn::perSecond).map(seconds -> Store.inRedis(vertx, Store.settings(seconds), redis.replicas(), leases.options(redis.replicas()), meters));
        AsyncLimits limits = perSecond.<AsyncLimits>map(seconds -> new PerSecond(seconds.async(), store.async())).orElse(store.async());
        policies = Policies.of(settings);
        limiting = new PolicyWiring(policies, store.stores(), hash, counting.counter(), meters);
        descriptors = new DescriptorWiring(dropIn, limits, hash, limiting.shared());
        callouts = new CalloutServer(settings, limiting.feature(), new TelemetryObserver(meters, tracer, policies.refusals()), descriptors.services(limiting.peek(store.async())));
    }

    /** A drop-in's replicas must agree on keys without having been given a Secret. */
    private static KeyedHash hash(ServiceSettings settings, Optional<DropIn> dropIn) throws IOException {
        return settings.hashKeyFile().isEmpty() && dropIn.isPresent() ? dropIn.get().commonHash() : HashKey.read(settings);
    }

    void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        store.connect();
        perSecond.ifPresent(Store::connect);
        descriptors.start(vertx);
        limiting.warmUp();
        policies.whenThere(callouts::start);
    }

    void stop(@Observes ShutdownEvent event) throws Exception {
        callouts.stop();
        descriptors.close();
        policies.close();
        perSecond.ifPresent(Store::close);
        store.close();
    }

    void routes(@Observes Router router) {
        callouts.mount(router);
        descriptors.routes(router);
    }

    void management(@Observes ManagementInterface management) {
        descriptors.management(management.router());
        new LimitsRoutes(limiting.view()).mount(management.router());
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
