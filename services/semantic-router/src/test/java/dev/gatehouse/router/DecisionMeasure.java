package dev.gatehouse.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.router.gain.GainModel;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.compile.ExampleVectors;
import dev.gatehouse.router.compile.RoutingCompiler;
import dev.gatehouse.router.decide.AskedRequests;
import dev.gatehouse.router.decide.Decider;
import dev.gatehouse.router.decide.Decision;
import dev.gatehouse.router.decide.Due;
import dev.gatehouse.router.decide.RequestReader;
import dev.gatehouse.router.external.ExternalDeciders;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.health.MemoryHealthStore;
import dev.gatehouse.state.health.SharedHealth;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a decision takes beyond the embedding: body read, signals, classifier of 150 routes with ten examples each, health, and the reasons. Random
 * prompts, each decision asserted. Run by {@code bench/run-router}; not part of the build.
 */
class DecisionMeasure {

    private static final int ROUTES = 150;
    private static final int EXAMPLES = 10;
    private static final int DIMENSIONS = 384;
    private static final int WARM = 20_000;
    private static final int MEASURED = 20_000;
    private static final RequestHead HEAD = new RequestHead("POST", "bench", "/v1/chat/completions", Headers.of("content-type", "application/json"), Map.of(),
            Metadata.empty(), Optional.empty(), new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.BUFFERED, Attachment.BodyMode.BUFFERED));

    private final Random random = new Random(11);
    private final float[][] centres = new float[ROUTES][];

    /** A text's vector: near the centre of the route whose number it begins with. */
    private Int8Vector vector(String text) {
        float[] vector = centres[Integer.parseInt(text.split(" ", 2)[0])].clone();
        Random own = new Random(text.hashCode());
        for (int d = 0; d < DIMENSIONS; d++) {
            vector[d] += (float) (own.nextGaussian() * 0.6);
        }
        return Int8Vector.of(vector);
    }

    private String policy() {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticRoutingPolicy
                metadata: {name: bench}
                spec:
                  targetRefs: [{kind: Gateway, name: "*"}]
                  when: model == 'auto'
                  health: {}
                  routes:
                """);
        for (int route = 0; route < ROUTES; route++) {
            yaml.append("    - {name: r").append(route).append(", target: {model: m").append(route % 7).append("}, threshold: 0.0, examples: [");
            for (int i = 0; i < EXAMPLES; i++) {
                yaml.append('"').append(route).append(" example ").append(i).append("\", ");
            }
            yaml.append("]}\n");
        }
        return yaml.toString();
    }

    @Test
    void beyondTheEmbedding() throws Exception {
        for (int route = 0; route < ROUTES; route++) {
            centres[route] = new float[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                centres[route][d] = (float) random.nextGaussian();
            }
        }
        KeyedHash hash = KeyedHash.random();
        Keys keys = new Keys(hash);
        SharedHealth.LossListener nobody = new SharedHealth.LossListener() {
            @Override
            public void lost(String reason) {}

            @Override
            public void found() {}
        };
        try (SharedHealth health = new SharedHealth(new MemoryHealthStore(1_000), Duration.ofMillis(250), nobody)) {
            RoutingCompiler compiler = new RoutingCompiler(new ExampleVectors(this::vector), GainModel.shipped(), ExternalDeciders.of(Optional.empty(), hash), health, keys, Optional.empty());
            long began = System.nanoTime();
            CompiledRouting routing = FixedSource.of(SemanticRoutingPolicy.KIND, policy(), compiler).current().policies().getFirst().compiled();
            System.out.printf("trained in %.1f s%n", (System.nanoTime() - began) / 1e9);
            AskedRequests requests = new AskedRequests(hash, GainModel.shipped());
            Decider decider = new Decider(routing, new StickyRoutes(new MemoryValues(1 << 20), keys), false);
            run(decider, routing, requests, WARM);
            long[] took = run(decider, routing, requests, MEASURED);
            Arrays.sort(took);
            System.out.printf("a decision of 150 routes beyond the embedding: p50 %.3f ms, p90 %.3f ms, p99 %.3f ms%n", took[MEASURED / 2] / 1e6,
                    took[MEASURED * 9 / 10] / 1e6, took[MEASURED * 99 / 100] / 1e6);
        }
    }

    private long[] run(Decider decider, CompiledRouting routing, AskedRequests requests, int times) throws InterruptedException {
        long[] took = new long[times];
        for (int i = 0; i < times; i++) {
            int route = random.nextInt(ROUTES);
            String text = route + " question " + random.nextLong();
            Int8Vector vector = vector(text);
            byte[] body = ("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}").getBytes(StandardCharsets.UTF_8);
            long began = System.nanoTime();
            Decision decision = decider.decide(requests.of(routing, HEAD, RequestReader.parse("POST", HEAD.path(), "application/json", body), any -> vector, Due.within(Duration.ofMinutes(1))));
            took[i] = System.nanoTime() - began;
            assertThat(decision.route()).contains("r" + route);
            assertThat(decision.model()).contains("m" + route % 7);
        }
        return took;
    }
}
