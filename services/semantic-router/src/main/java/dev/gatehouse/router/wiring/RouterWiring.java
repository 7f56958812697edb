package dev.gatehouse.router.wiring;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.envoy.ratelimit.BudgetsClient;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.router.RouterFeature;
import dev.gatehouse.router.api.ReportPage;
import dev.gatehouse.router.api.RouteAnswer;
import dev.gatehouse.router.apply.Mark;
import dev.gatehouse.router.budget.BudgetCheck;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.compile.ExampleVectors;
import dev.gatehouse.router.compile.RoutingCompiler;
import dev.gatehouse.router.decide.AskedRequests;
import dev.gatehouse.router.external.ExternalDeciders;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.telemetry.RouterTelemetry;
import dev.gatehouse.service.http.JsonLinesRoute;
import dev.gatehouse.service.embedding.Embedders;
import dev.gatehouse.service.embedding.EmbeddingConfig;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.HashKey;
import dev.gatehouse.service.lifecycle.Policies;
import dev.gatehouse.service.lifecycle.RedisConfig;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.RedisState;
import dev.gatehouse.state.Values;
import dev.gatehouse.state.health.HealthStore;
import dev.gatehouse.state.health.MemoryHealthStore;
import dev.gatehouse.state.health.RedisHealthStore;
import dev.gatehouse.state.health.SharedHealth;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Puts the router together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class RouterWiring {

    private static final int MAX_DRY_RUN_BYTES = 64 << 20;
    private static final long MAX_MEMORY_BYTES = 64 << 20;
    private static final long MAX_SUBJECTS = 10_000;
    private static final Duration REFRESH = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of a busy machine the first texts may come too late; each attempt takes no longer than the encoder's deadline. */
    private static final int WARMING = 8;

    private final KeyedHash hash;
    private final Optional<RedisState> redis;
    private final Embedder embedder;
    private final SharedHealth health;
    private final Optional<BudgetsClient> budgets;
    private final Policies policies;
    private final CalloutServer callouts;
    private final JsonLinesRoute route;
    private final ReportPage report;

    RouterWiring(
            ServiceSettings settings, RouterConfig router, RedisConfig redisConfig, EmbeddingConfig embedding, MeterRegistry meters, Tracer tracer, Vertx vertx)
            throws IOException {
        hash = HashKey.read(settings);
        Keys keys = new Keys(hash);
        redis = redisConfig.settings().map(chosen -> new RedisState(vertx, chosen));
        embedder = Embedders.open(embedding, hash);
        health = new SharedHealth(redis.<HealthStore>map(RedisHealthStore::new).orElseGet(() -> new MemoryHealthStore(MAX_SUBJECTS)), REFRESH, new HealthLog());
        budgets = router.budgets().client();
        GainModel gain = gain(router);
        RoutingCompiler compiler = new RoutingCompiler(new ExampleVectors(this::aside), gain, ExternalDeciders.of(router.credentials(), hash), health, keys,
                budgets.map(client -> new BudgetCheck(client, router.budgets().deadline())));
        policies = Policies.of(settings);
        PolicySource<SemanticRoutingPolicy, CompiledRouting> routings = policies.open(SemanticRoutingPolicy.KIND, compiler);
        Values values = redis.map(RedisState::values).orElseGet(() -> new MemoryValues(MAX_MEMORY_BYTES));
        StickyRoutes sticky = new StickyRoutes(values, keys);
        AskedRequests asked = new AskedRequests(hash, gain);
        RouterFeature feature = new RouterFeature(routings, new ChainEmbedder(RouterFeature.NAME, embedder, hash), asked, sticky,
                new Mark(hash, InstantSource.system()), new RouterTelemetry(meters));
        callouts = new CalloutServer(settings, feature, new TelemetryObserver(meters, tracer, policies.attribution()));
        report = new ReportPage(routings);
        route = new JsonLinesRoute(new RouteAnswer(routings, asked, sticky, this::aside), MAX_DRY_RUN_BYTES);
    }

    /** For what is no traffic, and can wait. */
    private Int8Vector aside(String text) {
        return embedder.embedAside(text, PATIENCE);
    }

    private static GainModel gain(RouterConfig router) throws IOException {
        return router.gainModel().isPresent() ? GainModel.read(Files.newInputStream(router.gainModel().get())) : GainModel.shipped();
    }

    void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        if (IntStream.range(0, WARMING).anyMatch(attempt -> embedder.isReady())) {
            WarmUp.run(hash, embedder);
        }
        policies.whenThere(callouts::start);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        callouts.stop();
        policies.close();
        health.close();
        budgets.ifPresent(BudgetsClient::close);
        redis.ifPresent(RedisState::close);
        embedder.close();
    }

    void routes(@Observes Router router) {
        callouts.mount(router);
    }

    void management(@Observes ManagementInterface management) {
        route.mount(management.router(), "/v1/route");
        policies.mount(management.router());
        management.router().get("/v1/policies/:name/report").handler(context -> report(context, "default"));
        management.router().get("/v1/policies/:namespace/:name/report").handler(context -> report(context, context.pathParam("namespace")));
    }

    private void report(RoutingContext context, String namespace) {
        try {
            Optional<byte[]> page = report.of(namespace, context.pathParam("name"));
            context.response().setStatusCode(page.isPresent() ? 200 : 404).putHeader("content-type", "application/json")
                    .end(Buffer.buffer(page.orElseGet(() -> "{\"error\":{\"message\":\"no policy of that name\"}}".getBytes(StandardCharsets.UTF_8))));
        } catch (JsonProcessingException e) {
            context.fail(500);
        }
    }

    @Produces
    @Readiness
    HealthCheck calloutsReady() {
        return callouts.readiness();
    }

    @Produces
    @Readiness
    HealthCheck encoderReady() {
        return () -> HealthCheckResponse.named("encoder").status(embedder.isReady()).build();
    }

    @Produces
    @Readiness
    HealthCheck policiesReady() {
        return policies.readiness();
    }
}
