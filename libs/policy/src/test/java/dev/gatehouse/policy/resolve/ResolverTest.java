package dev.gatehouse.policy.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Heads;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.route.HttpRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolverTest {

    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: chat, namespace: ai}
            spec:
              parentRefs: [{name: edge, namespace: infra, sectionName: https}]
              hostnames: [api.example.com]
              rules:
                - {matches: [{path: {value: /v1}}], backendRefs: [{name: llm, port: 80}]}
                - {name: batch, matches: [{path: {value: /batch}}], backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: pool}]}
            """;

    private final RequestHead chat = Heads.post("api.example.com", "/v1/chat/completions");
    private final RequestHead batch = Heads.post("api.example.com", "/batch");

    @Test
    void theMoreSpecificLevelWinsAndTheOthersAreOverridden() {
        String any = policy("any", "default", "{kind: Gateway, name: '*'}");
        String gateway = policy("gateway", "infra", "{kind: Gateway, name: edge}");
        String listener = policy("listener", "infra", "{kind: Gateway, name: edge, sectionName: https}");
        String route = policy("route", "ai", "{kind: HTTPRoute, name: chat}");
        String rule = policy("rule", "ai", "{kind: HTTPRoute, name: chat, sectionName: batch}");
        String pool = policy("pool", "ai", "{kind: InferencePool, name: pool}");
        Resolver<PromptGuardPolicy, String> resolver = resolver(any, gateway, listener, route, rule, pool);
        assertThat(names(resolver, batch)).containsExactly("pool", "rule", "route", "listener", "gateway", "any");
        assertThat(names(resolver, chat)).containsExactly("route", "listener", "gateway", "any");
        assertThat(names(resolver, Heads.post("elsewhere", "/"))).containsExactly("any");
    }

    @Test
    void noPolicyAppliesWhereNoneTargetsTheRequest() {
        Resolver<PromptGuardPolicy, String> resolver = resolver(policy("other", "ai", "{kind: HTTPRoute, name: other}"),
                policy("elsewhere", "default", "{kind: HTTPRoute, name: chat}"), policy("internal", "infra", "{kind: Gateway, name: edge, sectionName: http}"));
        assertThat(resolver.resolve(chat)).isEmpty();
        assertThat(resolver().resolve(chat)).isEmpty();
    }

    @Test
    void withinALevelTheOldestWinsThenTheFirstByName() {
        String target = "{kind: HTTPRoute, name: chat}";
        String old = policy("z-old", "ai", target).replace("name: z-old", "name: z-old, creationTimestamp: 2025-01-01T00:00:00Z");
        String young = policy("a-young", "ai", target).replace("name: a-young", "name: a-young, creationTimestamp: 2026-01-01T00:00:00Z");
        Resolver<PromptGuardPolicy, String> resolver = resolver(policy("b", "ai", target), young, old, policy("a", "ai", target));
        assertThat(names(resolver, chat)).containsExactly("z-old", "a-young", "a", "b");
        assertThat(resolver.conflicted()).extracting(policy -> policy.metadata().name()).containsExactlyInAnyOrder("a-young", "a", "b");
    }

    @Test
    void aPolicyWithAnotherTargetThatItWinsIsNotConflicted() {
        String both = policy("b", "ai", "{kind: HTTPRoute, name: chat}, {kind: Service, name: llm}");
        assertThat(resolver(policy("a", "ai", "{kind: HTTPRoute, name: chat}"), both).conflicted()).isEmpty();
    }

    @Test
    void envoyGatewaysRouteNameDecidesOverAuthorityAndPath() {
        Resolver<PromptGuardPolicy, String> resolver = resolver(policy("rule", "ai", "{kind: HTTPRoute, name: chat, sectionName: batch}"),
                policy("route", "ai", "{kind: HTTPRoute, name: chat}"));
        RequestHead named = Heads.with(Heads.post("rewritten", "/other"), Map.of("xds.route_name", "httproute/ai/chat/rule/1/match/0/api_example_com"));
        assertThat(names(resolver, named)).containsExactly("rule", "route");
    }

    @Test
    void envoyGatewaysNamesAreEnoughWithoutTheRoutesDocument() {
        CompiledPolicy<PromptGuardPolicy, String> policy = compiled(policy("rule", "ai", "{kind: HTTPRoute, name: unseen, sectionName: batch}"));
        Resolver<PromptGuardPolicy, String> resolver = new Resolver<>(List.of(policy), List.of());
        String metadata = """
                filter_metadata { key: "envoy-gateway" value { fields { key: "resources" value { list_value { values { struct_value {
                fields { key: "kind" value { string_value: "HTTPRoute" } } fields { key: "name" value { string_value: "unseen" } }
                fields { key: "namespace" value { string_value: "ai" } } fields { key: "sectionName" value { string_value: "batch" } } } } } } } } }
                """;
        RequestHead head = Heads.with(Heads.post("h", "/"), Map.of("xds.route_name", "httproute/ai/unseen/rule/3/match/0/h", "xds.route_metadata", metadata));
        assertThat(names(resolver, head)).containsExactly("rule");
        Map<String, Object> tree = Map.of("envoy-gateway", Map.of("resources", List.of(Map.of(
                "kind", "HTTPRoute", "namespace", "ai", "name", "unseen", "sectionName", "batch"))));
        assertThat(names(resolver, Heads.with(Heads.post("h", "/"), Map.of("xds.route_metadata", tree)))).containsExactly("rule");
    }

    @Test
    void theListenerThatTheHostNamesDecidesOverTheRoutesParents() {
        Map<String, Object> listener = Map.of("envoy-gateway", Map.of("resources", List.of(Map.of(
                "kind", "Gateway", "namespace", "infra", "name", "internal", "sectionName", "http"))));
        Resolver<PromptGuardPolicy, String> resolver = resolver(policy("internal", "infra", "{kind: Gateway, name: internal}"),
                policy("http", "infra", "{kind: Gateway, name: internal, sectionName: http}"), policy("edge", "infra", "{kind: Gateway, name: edge}"));
        assertThat(names(resolver, Heads.with(chat, Map.of("xds.listener_metadata", listener)))).containsExactly("http", "internal");
        assertThat(names(resolver, chat)).containsExactly("edge");
    }

    @Test
    void istiosNamesOfRouteAndClusterAreUnderstood() {
        Resolver<PromptGuardPolicy, String> resolver = resolver(policy("route", "ai", "{kind: HTTPRoute, name: chat}"), policy("svc", "ai", "{kind: Service, name: canary}"));
        RequestHead istio = Heads.with(Heads.post("h", "/"), Map.of("xds.route_name", "ai.chat.0", "xds.cluster_name", "outbound|80||canary.ai.svc.cluster.local"));
        assertThat(names(resolver, istio)).containsExactly("svc", "route");
    }

    @Test
    void anUnknownRouteNameFallsBackToMatching() {
        Resolver<PromptGuardPolicy, String> resolver = resolver(policy("route", "ai", "{kind: HTTPRoute, name: chat}"));
        for (String name : List.of("local_route", "ai.unknown.0", "ai.chat.9", "httproute/x", "httproute/ai/chat/rule/99999999/match/0", "")) {
            assertThat(names(resolver, Heads.with(chat, Map.of("xds.route_name", name)))).as(name).containsExactly("route");
        }
    }

    private static List<String> names(Resolver<PromptGuardPolicy, String> resolver, RequestHead head) {
        return resolver.resolve(head).map(resolution -> {
            List<CompiledPolicy<PromptGuardPolicy, String>> all = new ArrayList<>(List.of(resolution.policy()));
            all.addAll(resolution.overridden());
            return all.stream().map(CompiledPolicy::compiled).toList();
        }).orElse(List.of());
    }

    private static Resolver<PromptGuardPolicy, String> resolver(String... policies) {
        HttpRoute route = document(ROUTE).bindTolerantly(HttpRoute.class).value();
        return new Resolver<>(Arrays.stream(policies).map(ResolverTest::compiled).toList(), List.of(route));
    }

    private static CompiledPolicy<PromptGuardPolicy, String> compiled(String text) {
        Document document = document(text);
        PromptGuardPolicy policy = document.bind(PromptGuardPolicy.class);
        return new CompiledPolicy<>(policy, policy.metadata().name(), document.place(""));
    }

    private static Document document(String text) {
        return Documents.parse("test.yaml", text).documents().getFirst();
    }

    private static String policy(String name, String namespace, String targets) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  targetRefs: [%s]
                  rules: [{name: r, action: Block, signatures: {}}]
                """.formatted(name, namespace, targets);
    }
}
