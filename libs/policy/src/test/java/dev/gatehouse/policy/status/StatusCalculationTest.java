package dev.gatehouse.policy.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.document.Place;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.resolve.Resolver;
import dev.gatehouse.policy.route.Gateway;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.route.Topology;
import dev.gatehouse.policy.source.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a status says, of what is known at one moment. */
class StatusCalculationTest {

    private static final Programming ALL = running(1, 1);
    private static final String GATEWAYS = IntStream.rangeClosed(1, 20).mapToObj(i -> """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: g%d, namespace: team}
            spec: {listeners: [{name: http}]}
            """.formatted(i)).collect(Collectors.joining());

    @Test
    void aMissingListenerOrRuleIsNamed() {
        assertThat(status(ALL, route("{name: g1}"), "{kind: Gateway, name: g1, sectionName: tls}")).isEqualTo("Gateway g1/tls TargetNotFound: Gateway g1 has no listener tls");
        assertThat(status(ALL, route("{name: g1}"), "{kind: HTTPRoute, name: chat, sectionName: r}")).isEqualTo("HTTPRoute chat/r TargetNotFound: HTTPRoute chat has no rule r");
    }

    @Test
    void aRouteOfTwoGatewaysHasTwoEntriesOfWhichOneMayHold() {
        assertThat(status(ALL, route("{name: g1}, {name: gone}"), "{kind: HTTPRoute, name: chat}"))
                .isEqualTo("Gateway g1 Accepted: the policy is valid; Gateway gone TargetNotFound: there is no Gateway team/gone");
    }

    @Test
    void targetsBehindOneGatewayShareAnEntry() {
        assertThat(status(ALL, route("{name: g1}"), "{kind: Gateway, name: g1}, {kind: HTTPRoute, name: chat}"))
                .isEqualTo("Gateway g1 Accepted: Gateway/g1: the policy is valid; HTTPRoute/chat: the policy is valid");
    }

    @Test
    void thereAreAtMostSixteenEntries() {
        String parents = IntStream.rangeClosed(1, 20).mapToObj(i -> "{name: g" + i + "}").collect(Collectors.joining(", "));
        assertThat(statuses(ALL, route(parents), "{kind: HTTPRoute, name: chat}")).hasSize(16);
    }

    @Test
    void programmedNeedsEveryReplicaAndAtLeastOne() {
        assertThat(programmed(ALL)).isEqualTo("true all ready replicas run generation 1");
        assertThat(programmed(running(1, 0))).isEqualTo("false 1 of 2 ready replicas run generation 1");
        assertThat(programmed(running())).isEqualTo("false no replica is ready");
    }

    private static String programmed(Programming programming) {
        Condition programmed = statuses(programming, route("{name: g1}"), "{kind: Gateway, name: g1}").getFirst().programmed();
        return programmed.status() + " " + programmed.message();
    }

    /** Replicas that run these generations of the policy. */
    private static Programming running(int... generations) {
        return new Programming(Arrays.stream(generations).mapToObj(generation -> Set.of(new Programming.Running("PromptGuardPolicy", "u1", generation))).toList());
    }

    @Test
    void aBackendIsJudgedByItsObjectWhereThatIsKnown() {
        assertThat(status(ALL, Existence.UNKNOWN, route("{name: g1}"), "{kind: InferencePoolImport, name: pool}"))
                .isEqualTo("InferencePoolImport pool TargetNotFound: no HTTPRoute that a Gateway takes sends requests to InferencePoolImport pool");
        assertThat(status(ALL, (kind, name) -> Optional.of(false), sending("pool"), "{kind: InferencePoolImport, name: pool}"))
                .isEqualTo("InferencePoolImport pool TargetNotFound: there is no InferencePoolImport pool");
        assertThat(status(ALL, (kind, name) -> Optional.of(name.equals("team/pool")), route("{name: g1}"), "{kind: InferencePoolImport, name: pool}"))
                .isEqualTo("InferencePoolImport pool Accepted: the policy is valid; no HTTPRoute that a Gateway takes sends requests to InferencePoolImport pool");
        assertThat(status(ALL, (kind, name) -> Optional.of(true), sending("pool"), "{kind: InferencePoolImport, name: pool}")).isEqualTo("Gateway g1 Accepted: the policy is valid");
    }

    private static String sending(String pool) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: chat, namespace: team}
                spec: {parentRefs: [{name: g1}], rules: [{backendRefs: [{group: inference.networking.x-k8s.io, kind: InferencePoolImport, name: %s}]}]}
                """.formatted(pool);
    }

    private static String status(Programming programming, String route, String targets) {
        return status(programming, Existence.UNKNOWN, route, targets);
    }

    private static String status(Programming programming, Existence existence, String route, String targets) {
        return statuses(programming, existence, route, targets).stream().map(entry -> entry.ancestor().kind() + " " + entry.ancestor().name()
                + entry.ancestor().sectionName().map(section -> "/" + section).orElse("") + " " + entry.accepted().reason() + ": " + entry.accepted().message())
                .collect(Collectors.joining("; "));
    }

    private static List<AncestorStatus> statuses(Programming programming, String route, String targets) {
        return statuses(programming, Existence.UNKNOWN, route, targets);
    }

    private static List<AncestorStatus> statuses(Programming programming, Existence existence, String route, String targets) {
        List<Document> documents = Documents.parse("test.yaml", route + GATEWAYS).documents();
        List<HttpRoute> routes = List.of(documents.getFirst().bindTolerantly(HttpRoute.class).value());
        List<Gateway> gateways = documents.stream().skip(1).map(document -> document.bindTolerantly(Gateway.class).value()).toList();
        Topology topology = new Topology(routes, gateways, List.of(), namespace -> true);
        PromptGuardPolicy policy = policy(targets);
        List<CompiledPolicy<PromptGuardPolicy, String>> policies = List.of(new CompiledPolicy<>(policy, "", new Place("p", 0, 0, "")));
        Snapshot<PromptGuardPolicy, String> snapshot = new Snapshot<>(1, policies, topology.routes(), List.of(), Map.of(), new Resolver<>(policies, topology.routes()));
        List<TargetRef> refs = policy.targetRefs();
        return new StatusCalculation<>(snapshot, topology, programming, existence).of(new StatusCalculation.Subject("PromptGuardPolicy", "team", "p", "u1", 1, refs, Optional.empty()));
    }

    private static PromptGuardPolicy policy(String targets) {
        return Documents.parse("policy.yaml", """
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: p, namespace: team, uid: u1, generation: 1}
                spec: {targetRefs: [%s], rules: [{name: r, action: Block, signatures: {}}]}
                """.formatted(targets)).documents().getFirst().bind(PromptGuardPolicy.class);
    }

    private static String route(String parents) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: chat, namespace: team}
                spec: {parentRefs: [%s]}
                """.formatted(parents);
    }
}
