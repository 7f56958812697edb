package dev.gatehouse.policy.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.route.HttpRoute;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 1,000 policies over 1,000 HTTPRoutes, on 250 hosts or told apart by a header alone; prints the CPU time it measures, which a busy machine does not inflate as it does wall time. */
class ResolverSpeedTest {

    private static final int COUNT = 1000;
    private static final int ROUNDS = 200_000;

    @Test
    void aRequestIsResolvedInTwentyMicroseconds() {
        Resolver<PromptGuardPolicy, Integer> resolver = new Resolver<>(policies(), routes(ResolverSpeedTest::byHostAndPath));
        List<RequestHead> matching = heads(false);
        List<RequestHead> named = heads(true);
        nanosPerRequest(resolver, matching);
        nanosPerRequest(resolver, named);
        long byMatching = nanosPerRequest(resolver, matching);
        long byName = nanosPerRequest(resolver, named);
        System.out.printf("resolve, 1,000 policies and 1,000 routes: %d ns of CPU by matching, %d ns by route name%n", byMatching, byName);
        assertThat(byMatching).isLessThan(20_000);
        assertThat(byName).isLessThan(20_000);
    }

    /** As where a gateway chooses the route by the model's name. */
    @Test
    void aRequestIsResolvedInTwentyMicrosecondsWhereAHeaderAloneTellsRoutesApart() {
        Resolver<PromptGuardPolicy, Integer> resolver = new Resolver<>(policies(), routes(ResolverSpeedTest::byModel));
        List<RequestHead> heads = IntStream.range(0, COUNT).mapToObj(index -> Heads.post("models.example.com", "/v1/chat/completions",
                "user-agent", "curl/8", "x-gateway-model-name", "model-" + index)).toList();
        nanosPerRequest(resolver, heads);
        long byHeader = nanosPerRequest(resolver, heads);
        System.out.printf("resolve, 1,000 policies and 1,000 routes: %d ns of CPU by a header alone%n", byHeader);
        assertThat(byHeader).isLessThan(20_000);
    }

    private static long nanosPerRequest(Resolver<PromptGuardPolicy, Integer> resolver, List<RequestHead> heads) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            int route = i % COUNT;
            found += resolver.resolve(heads.get(route)).orElseThrow().policy().compiled() == route ? 1 : 0;
        }
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        assertThat(found).as("every request finds its own route's policy").isEqualTo(ROUNDS);
        return took / ROUNDS;
    }

    private static List<RequestHead> heads(boolean named) {
        Random random = new Random(7);
        List<RequestHead> heads = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            RequestHead head = Heads.post("host-" + i / 4 + ".example.com:443", "/v1/" + i + "/chat/completions?n=" + random.nextInt(), "x-tier", "gold",
                    "user-agent", "curl/8", "accept", "*/*", "content-type", "application/json");
            heads.add(named ? Heads.with(head, Map.of("xds.route_name", "httproute/ai/route-" + i + "/rule/0/match/0/host")) : head);
        }
        return heads;
    }

    private static List<HttpRoute> routes(IntFunction<String> spec) {
        return IntStream.range(0, COUNT).mapToObj(index -> document("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: route-%d, namespace: ai}
                spec: %s
                """.formatted(index, spec.apply(index))).bindTolerantly(HttpRoute.class).value()).toList();
    }

    private static String byHostAndPath(int index) {
        return """
                {hostnames: [host-%1$d.example.com], rules: [{matches: [{path: {value: /v1/%2$d}, headers: [{name: x-tier, value: gold}]}],
                backendRefs: [{name: llm-%2$d, port: 80}]}]}""".formatted(index / 4, index).replace("\n", " ");
    }

    private static String byModel(int index) {
        return "{rules: [{matches: [{path: {value: /v1}, headers: [{name: x-gateway-model-name, value: model-" + index + "}]}]}]}";
    }

    private static List<CompiledPolicy<PromptGuardPolicy, Integer>> policies() {
        List<CompiledPolicy<PromptGuardPolicy, Integer>> policies = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            Document document = document("""
                    apiVersion: gatehouse.dev/v1alpha1
                    kind: PromptGuardPolicy
                    metadata: {name: policy-%d, namespace: ai}
                    spec:
                      targetRefs: [{kind: HTTPRoute, name: route-%d}]
                      rules: [{name: r, action: Block, signatures: {}}]
                    """.formatted(i, i));
            policies.add(new CompiledPolicy<>(document.bind(PromptGuardPolicy.class), i, document.place("")));
        }
        return policies;
    }

    private static Document document(String text) {
        return Documents.parse("test.yaml", text).documents().getFirst();
    }
}
