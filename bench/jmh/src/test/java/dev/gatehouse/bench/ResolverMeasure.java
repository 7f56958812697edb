package dev.gatehouse.bench;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Metadata;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.resolve.Resolution;
import dev.gatehouse.policy.resolve.Resolver;
import dev.gatehouse.policy.route.HttpRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Which policy applies to a request, among 1,000 policies over 1,000 HTTPRoutes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ResolverMeasure {

    private static final int COUNT = 1_000;

    /** What tells the routes apart. */
    public enum Apart {
        /** 250 hosts, and a path. */ Hosts,
        /** A path, all on one host. */ Paths,
        /** The value of a header, all on one host and path, as where routes are chosen by the model's name. */ Headers
    }

    @Param
    public Apart apart;

    /** Whether the host names the route in its attributes, or it has to be matched. */
    @Param({"false", "true"})
    public boolean named;

    private Resolver<PromptGuardPolicy, Integer> resolver;
    private List<RequestHead> heads;
    private int next;

    /** Runs the benchmark and prints what it says; the heap that policies, routes and index take beside. */
    @Test
    void measure() throws RunnerException {
        new Runner(new OptionsBuilder().include(ResolverMeasure.class.getName()).build()).run();
        long before = usedHeap();
        apart = Apart.Hosts;
        setUp();
        System.out.printf("heap of 1,000 policies, 1,000 routes, their index and 1,000 request heads: %d KiB%n", (usedHeap() - before) >> 10);
        resolve();
    }

    @Setup(Level.Trial)
    public void setUp() {
        List<CompiledPolicy<PromptGuardPolicy, Integer>> policies = each(this::policy);
        List<HttpRoute> routes = each(this::route);
        resolver = new Resolver<>(policies, routes);
        heads = each(this::head);
    }

    @Benchmark
    public Optional<Resolution<PromptGuardPolicy, Integer>> resolve() {
        next = next + 1 == COUNT ? 0 : next + 1;
        return resolver.resolve(heads.get(next));
    }

    private CompiledPolicy<PromptGuardPolicy, Integer> policy(int index) {
        Document document = document("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: policy-%1$d, namespace: ai}
                spec: {targetRefs: [{kind: HTTPRoute, name: route-%1$d}], rules: [{name: r, action: Block, signatures: {}}]}
                """.formatted(index));
        return new CompiledPolicy<>(document.bind(PromptGuardPolicy.class), index, document.place(""));
    }

    private HttpRoute route(int index) {
        return document("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: route-%1$d, namespace: ai}
                spec:
                  parentRefs: [{name: edge}]
                  hostnames: [%2$s]
                  rules: [{matches: [{path: {value: %3$s}, headers: [{name: x-model, value: "%4$s"}]}], backendRefs: [{name: llm-%1$d, port: 80}]}]
                """.formatted(index, host(index), path(index), model(index))).bindTolerantly(HttpRoute.class).value();
    }

    private RequestHead head(int index) {
        Map<String, Object> attributes = named ? Map.of("xds.route_name", "httproute/ai/route-" + index + "/rule/0/match/0/host") : Map.of();
        Headers headers = Headers.of("x-model", model(index), "user-agent", "curl/8", "accept", "*/*", "content-type", "application/json");
        Attachment attachment = new Attachment(Attachment.Protocol.EXT_PROC, Attachment.BodyMode.FULL_DUPLEX_STREAMED, Attachment.BodyMode.FULL_DUPLEX_STREAMED);
        return new RequestHead("POST", host(index) + ":443", path(index) + "/chat/completions", headers, attributes, Metadata.empty(), Optional.empty(), attachment);
    }

    private String host(int index) {
        return "host-" + (apart == Apart.Hosts ? index / 4 : 0) + ".example.com";
    }

    private String path(int index) {
        return apart == Apart.Headers ? "/v1" : "/v1/" + index;
    }

    private String model(int index) {
        return apart == Apart.Headers ? "model-" + index : "any";
    }

    private static <T> List<T> each(IntFunction<T> make) {
        return IntStream.range(0, COUNT).mapToObj(make).toList();
    }

    private static Document document(String text) {
        return Documents.parse("measure.yaml", text).documents().getFirst();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
