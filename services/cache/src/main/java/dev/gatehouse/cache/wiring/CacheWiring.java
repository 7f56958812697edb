package dev.gatehouse.cache.wiring;

import dev.gatehouse.cache.CacheFeature;
import dev.gatehouse.cache.answer.Replay;
import dev.gatehouse.cache.api.Forget;
import dev.gatehouse.cache.api.LookupAnswer;
import dev.gatehouse.cache.api.PolicyChoice;
import dev.gatehouse.cache.api.Statistics;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Vectoriser;
import dev.gatehouse.cache.bound.AdaptiveBound;
import dev.gatehouse.cache.bound.SharedEvidence;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.flight.SingleFlight;
import dev.gatehouse.cache.look.Desk;
import dev.gatehouse.cache.look.Routings;
import dev.gatehouse.cache.refresh.Revalidation;
import dev.gatehouse.cache.simulate.SimulateFlow;
import dev.gatehouse.cache.telemetry.CacheTelemetry;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.TextVerifier;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.cache.verify.sameness.WordSameness;
import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.llm.synthetic.Ids;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.service.embedding.Embedders;
import dev.gatehouse.service.embedding.EmbeddingConfig;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.service.lifecycle.HashKey;
import dev.gatehouse.service.lifecycle.Policies;
import dev.gatehouse.service.lifecycle.RedisConfig;
import dev.gatehouse.service.lifecycle.ServiceSettings;
import dev.gatehouse.service.telemetry.TelemetryObserver;
import dev.gatehouse.state.Keys;
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
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Puts the cache together and ties it to Quarkus' life cycle. */
@ApplicationScoped
public class CacheWiring {

    /** Of a busy machine the first texts may come too late; each attempt takes no longer than the encoder's deadline. */
    private static final int WARMING = 8;

    private final KeyedHash hash;
    private final Shelf shelf;
    private final Embedder embedder;
    private final Verifier verifier;
    private final Desk desk;
    private final Policies policies;
    private final Revalidation revalidation;
    private final Optional<SharedEvidence> evidence;
    private final CalloutServer callouts;
    private final Pages pages;

    CacheWiring(
            ServiceSettings settings, @ConfigProperty(name = "gatehouse.credentials") Optional<Path> credentials, RedisConfig redisConfig,
            EmbeddingConfig embedding, StoreConfig store, MeterRegistry meters, Tracer tracer, Vertx vertx)
            throws IOException {
        hash = HashKey.read(settings);
        shelf = Shelf.of(redisConfig.settings().map(chosen -> new RedisState(vertx, chosen)), store.memoryBytes());
        embedder = Embedders.open(embedding, hash);
        verifier = new TextVerifier();
        AdaptiveBound bound = shelf.redis().isPresent() ? AdaptiveBound.shared() : AdaptiveBound.alone();
        SemanticCache tiers = new SemanticCache(shelf.stock(), verifier, bound, store.sealer(), InstantSource.system());
        String versions = embedder.model() + " " + verifier.version();
        Asker asker = new Asker(hash, versions);
        evidence = shelf.redis().map(redis -> new SharedEvidence(bound, redis, hash, versions));
        policies = Policies.of(settings);
        PolicySource<SemanticRoutingPolicy, String> routings = policies.watch(SemanticRoutingPolicy.KIND, Routings.COMPILER);
        desk = Desk.of(hash, asker, new ChainEmbedder("cache", embedder, hash), tiers, new Routings(routings));
        PolicySource<SemanticCachePolicy, CompiledCache> caches = policies.open(SemanticCachePolicy.KIND, CacheCompiler.with(credentials));
        Keys keys = new Keys(hash);
        revalidation = new Revalidation(Revalidation.Place.of(credentials, shelf.values(), keys), tiers);
        CacheFeature feature = new CacheFeature(caches, desk, new Replay(InstantSource.system(), Ids.random()),
                new SingleFlight(shelf.redis().map(RedisState::values), keys), revalidation, new WordSameness(), new CacheTelemetry(meters, bound));
        callouts = new CalloutServer(settings, feature, new TelemetryObserver(meters, tracer, policies.attribution()));
        PolicyChoice choice = new PolicyChoice(caches);
        Vectoriser vectoriser = text -> () -> embedder.embed(text);
        SimulateFlow simulation = new SimulateFlow(choice, asker, vectoriser, embedder.threads() + 1,
                new SimulateFlow.Judges(verifier, new WordSameness(), AdaptiveBound::alone));
        pages = new Pages(new LookupAnswer(choice, asker, vectoriser, tiers, new Routings(routings)), simulation, new Forget(choice, hash, shelf.stock()),
                new Statistics(caches, meters, bound));
    }

    void start(@Observes StartupEvent event) throws IOException, InterruptedException {
        shelf.requireSupport(new Keys(hash));
        if (IntStream.range(0, WARMING).anyMatch(attempt -> embedder.isReady())) {
            WarmUp.run(hash, embedder, verifier);
        }
        evidence.ifPresent(SharedEvidence::start);
        policies.whenThere(callouts::start);
    }

    void stop(@Observes ShutdownEvent event) throws Exception {
        callouts.stop();
        policies.close();
        revalidation.close();
        evidence.ifPresent(SharedEvidence::close);
        desk.deadline().close();
        embedder.close();
        shelf.close();
    }

    void routes(@Observes Router router) {
        callouts.mount(router);
    }

    void management(@Observes ManagementInterface management) {
        pages.mount(management.router());
        policies.mount(management.router());
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
