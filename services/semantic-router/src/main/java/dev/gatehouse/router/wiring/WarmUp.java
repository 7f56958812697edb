package dev.gatehouse.router.wiring;

import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.envoy.Rehearsal;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.router.RouterFeature;
import dev.gatehouse.router.apply.Mark;
import dev.gatehouse.router.compile.ExampleVectors;
import dev.gatehouse.router.compile.RoutingCompiler;
import dev.gatehouse.router.decide.AskedRequests;
import dev.gatehouse.router.external.ExternalDeciders;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.telemetry.RouterTelemetry;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.health.MemoryHealthStore;
import dev.gatehouse.state.health.SharedHealth;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Rehearses the router with a policy and a prompt of its own, apart from the live policies, conversations and meters. */
final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final int EXCHANGES = 300;
    private static final int MEMORY_BYTES = 1 << 20;
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticRoutingPolicy
            metadata: {name: rehearsal}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              timeout: 5s
              when: model == 'auto'
              sticky: {}
              routes:
                - name: account
                  examples: ["How do I reset my password?", "Where can I change my address?", Close my account please, I cannot log in any more]
                  target: {model: small, fallback: [large]}
                - name: news
                  examples: ["What happened in the world today?", "Who won the match last night?", Tell me the news, "What is new in politics?"]
                  when: complexity >= 0.0
                  target: {model: large}
                - name: special
                  when: turns > 100 || images
                  target: {model: large}
            """;
    private static final String PROMPT = """
            {"model": "auto", "messages": [
              {"role": "system", "content": "You are a helpful assistant. Answer in short sentences and keep to the facts that you were given."},
              {"role": "user", "content": "How do I reset the password of my account, please?"}]}
            """;

    private WarmUp() {}

    /**
     * Takes part of a second, or up to three where the machine is slow.
     *
     * @return how many exchanges were rehearsed
     */
    static int run(KeyedHash hash, Embedder embedder) throws IOException, InterruptedException {
        Keys keys = new Keys(hash);
        try (SharedHealth health = new SharedHealth(new MemoryHealthStore(1), Duration.ofSeconds(1), new HealthLog())) {
            RoutingCompiler compiler = new RoutingCompiler(new ExampleVectors(text -> embedder.embedAside(text, Duration.ofSeconds(30))), GainModel.shipped(),
                    ExternalDeciders.of(Optional.empty(), hash), health, keys, Optional.empty());
            RouterFeature feature = new RouterFeature(FixedSource.of(SemanticRoutingPolicy.KIND, POLICY, compiler),
                    new ChainEmbedder(RouterFeature.NAME, embedder, hash), new AskedRequests(hash, GainModel.shipped()),
                    new StickyRoutes(new MemoryValues(MEMORY_BYTES), keys), new Mark(hash, InstantSource.system()), new RouterTelemetry(new SimpleMeterRegistry()));
            byte[] body = PROMPT.getBytes(StandardCharsets.UTF_8);
            int done = new Rehearsal("/v1/chat/completions", body, List.of(), Duration.ofSeconds(3), EXCHANGES).run(feature);
            LOG.infof("rehearsed %d exchanges", done);
            return done;
        }
    }
}
