package dev.gatehouse.bench;

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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a decision takes beyond the embedding: body read, signals, classifier of 150 routes with ten examples each, health, and the reasons; and what
 * {@code gain} takes where an expression asks for it. Random prompts, each decision asserted. JMH; run by {@code bench/run-router inside}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionMeasure {

    private static final int ROUTES = 150;
    private static final int EXAMPLES = 10;
    private static final int DIMENSIONS = 384;
    /** As long as an exam question. */
    private static final String QUESTION = "Which of the following statements about the rate of a reaction of the first order is NOT correct?\nA. It rises with "
            + "the temperature\nB. It depends on the concentration\nC. Its half life is constant\nD. Its unit is moles per litre".repeat(2);
    private static final RequestHead HEAD = new RequestHead("POST", "bench", "/v1/chat/completions", Headers.of("content-type", "application/json"), Map.of(),
            Metadata.empty(), Optional.empty(), new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.BUFFERED, Attachment.BodyMode.BUFFERED));

    private final Random random = new Random(11);
    private final float[][] centres = new float[ROUTES][];
    private final GainModel gain = GainModel.shipped();
    private SharedHealth health;
    private CompiledRouting routing;
    private AskedRequests requests;
    private Decider decider;
    private int asked;
    private String text;
    private Int8Vector vector;
    private byte[] body;

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

    /** A policy of these routes, compiled; the examples' vectors are ours. */
    @Setup
    public void compile() {
        for (int route = 0; route < ROUTES; route++) {
            centres[route] = new float[DIMENSIONS];
            for (int d = 0; d < DIMENSIONS; d++) {
                centres[route][d] = (float) random.nextGaussian();
            }
        }
        KeyedHash hash = KeyedHash.random();
        Keys keys = new Keys(hash);
        health = new SharedHealth(new MemoryHealthStore(1_000), Duration.ofMillis(250), new Nobody());
        RoutingCompiler compiler = new RoutingCompiler(new ExampleVectors(this::vector), gain, ExternalDeciders.of(Optional.empty(), hash), health, keys,
                Optional.empty());
        routing = FixedSource.of(SemanticRoutingPolicy.KIND, policy(), compiler).current().policies().getFirst().compiled();
        requests = new AskedRequests(hash, gain);
        decider = new Decider(routing, new StickyRoutes(new MemoryValues(1 << 20), keys), false);
    }

    @TearDown
    public void close() {
        health.close();
    }

    private static final class Nobody implements SharedHealth.LossListener {
        @Override
        public void lost(String reason) {}

        @Override
        public void found() {}
    }

    /** Made before each decision, and not measured. */
    @Setup(Level.Invocation)
    public void ask() {
        asked = random.nextInt(ROUTES);
        text = asked + " question " + random.nextLong();
        vector = vector(text);
        body = ("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}").getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Decision decision() throws InterruptedException {
        Decision decision = decider.decide(requests.of(routing, HEAD, RequestReader.parse("POST", HEAD.path(), "application/json", body), any -> vector,
                Due.within(Duration.ofMinutes(1))));
        if (!decision.model().equals(Optional.of("m" + asked % 7))) {
            throw new IllegalStateException("a text of route " + asked + " got " + decision.model());
        }
        return decision;
    }

    @Benchmark
    public double gain() {
        return gain.gain(vector, QUESTION);
    }

    /** Not part of the build; see {@code bench/run-router}. */
    @Test
    void run() throws RunnerException {
        new Runner(new OptionsBuilder().include(DecisionMeasure.class.getName()).build()).run();
    }
}
