package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kubernetes.status.LeaseTiming;
import dev.gatehouse.kubernetes.status.StatusSettings;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status that the leader writes, read from a real API server. */
class KubernetesStatusTest {

    private static final String EDGE = "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}";
    private static final String CHAT = "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}";
    private static final LeaseTiming QUICK = new LeaseTiming(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(300));

    private static KubernetesApi api;
    private static int count;

    private final String team = "status-" + ++count;
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private final List<ClusterPolicies> replicas = new ArrayList<>();

    @BeforeAll
    static void start() {
        api = KubernetesApi.require();
    }

    @BeforeEach
    void namespace() {
        api.namespace(team);
    }

    @AfterEach
    void close() {
        replicas.forEach(ClusterPolicies::close);
        assertThat(failures).isEmpty();
    }

    @Test
    void statusFollowsThePolicyAndItsTarget() {
        replica("one", Optional.empty());
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        assertThat(settled("a", "TargetNotFound")).isEqualTo("Gateway edge: Accepted False TargetNotFound 1 (there is no Gateway edge), "
                + "Programmed False NotProgrammed 1 (there is no Gateway edge)");
        api.apply(Cluster.gateway(team, "edge", "Same"));
        long changed = System.nanoTime();
        assertThat(settled("a", "all ready")).isEqualTo("Gateway edge: Accepted True Accepted 1 (the policy is valid), "
                + "Programmed True Programmed 1 (all ready replicas run generation 1)");
        assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(2));
        api.apply(Cluster.policy(team, "a", EDGE, "refused"));
        assertThat(settled("a", "Invalid")).isEqualTo("Gateway edge: Accepted False Invalid 2 (spec.rules[0].name: is refused), "
                + "Programmed False NotProgrammed 2 (generation 1 is in use, the last good state)");
        assertThat(events("a")).contains("Invalid: spec.rules[0].name: is refused");
        assertThat(Cluster.eventually(() -> transitions("a"), times -> times.size() == 2)).hasSize(2);
    }

    @Test
    void theOlderPolicyWinsAndTheYoungerIsTold() {
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.policy(team, "older", EDGE, "first"));
        api.apply(Cluster.policy(team, "older-too", EDGE, "first"));
        replica("one", Optional.empty());
        assertThat(settled("older-too", "Conflicted")).startsWith("Gateway edge: Accepted False Conflicted 1 (the older policy " + team + "/older has the same target)");
        assertThat(settled("older", "all ready")).contains("Accepted True");
        api.admin().delete(Cluster.path(team, "older"));
        assertThat(settled("older-too", "all ready")).contains("Accepted True");
    }

    @Test
    void aRouteThatItsGatewayDoesNotTakeIsNoTarget() {
        api.namespace(team + "-infra");
        api.apply(Cluster.gateway(team + "-infra", "edge", "Same"));
        api.apply(Cluster.route(team, "chat", "{name: edge, namespace: " + team + "-infra}", "a.example.com", "{name: own, port: 80}"));
        api.apply(Cluster.policy(team, "a", CHAT, "first"));
        replica("one", Optional.empty());
        assertThat(settled("a", "NotAllowed")).startsWith("Gateway edge: Accepted False NotAllowedByListeners 1 (no listener allows routes from namespace " + team + ")");
        api.apply(Cluster.gateway(team + "-infra", "edge", "All"));
        assertThat(settled("a", "all ready")).contains("Accepted True");
    }

    @Test
    void aBackendInAnotherNamespaceNeedsAGrant() {
        api.namespace(team + "-app");
        api.apply(Cluster.gateway(team + "-app", "edge", "Same"));
        api.apply(Cluster.route(team + "-app", "chat", "{name: edge}", "a.example.com", "{name: llm, namespace: " + team + ", port: 80}"));
        api.apply(Cluster.policy(team, "a", "{group: \"\", kind: Service, name: llm}", "first"));
        replica("one", Optional.empty());
        assertThat(settled("a", "TargetNotFound")).contains("no HTTPRoute that a Gateway takes sends requests to Service llm");
        api.apply("""
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: g, namespace: %s}
                spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: %s-app}], to: [{group: "", kind: Service}]}
                """.formatted(team, team));
        assertThat(settled("a", "all ready")).startsWith("Gateway edge: Accepted True");
    }

    @Test
    void entriesOfOthersStay() {
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        String other = "{\"ancestorRef\": {\"name\": \"x\"}, \"controllerName\": \"example.com/other\", \"conditions\": []}";
        api.admin().merge(Cluster.path(team, "a") + "/status", "{\"status\": {\"ancestors\": [" + other + "]}}").orThrow();
        replica("one", Optional.empty());
        Cluster.eventually(() -> ancestors("a"), list -> list.size() == 2);
        assertThat(ancestors("a")).extracting(entry -> entry.path("controllerName").asText()).containsExactly("example.com/other", "gatehouse.dev/guard");
    }

    @Test
    void anotherReplicaTakesOverAndAStatusThatIsRightIsNotWrittenAgain() {
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        replica("one", Optional.empty());
        settled("a", "all ready");
        assertThat(holder()).isEqualTo("one");
        replica("two", Optional.empty());
        String version = Cluster.policy(api, team, "a").path("metadata").path("resourceVersion").asText();
        replicas.removeFirst().close();
        assertThat(Cluster.eventually(this::holder, "two"::equals)).isEqualTo("two");
        api.apply(Cluster.policy(team, "b", EDGE, "first"));
        assertThat(settled("b", "Conflicted")).contains("Conflicted");
        assertThat(Cluster.policy(api, team, "a").path("metadata").path("resourceVersion").asText()).isEqualTo(version);
    }

    /** What docs/kubernetes.md asks for, and no more. */
    @Test
    void theDocumentedRightsAreEnough() throws IOException {
        String token = api.serviceAccount(team, "guard");
        api.apply(rights());
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.policy(team, "a", EDGE, "refused"));
        replica("one", token, Set.of(team), Optional.of("guard"));
        assertThat(settled("a", "Invalid")).contains("Accepted False Invalid");
        assertThat(events("a")).isNotEmpty();
    }

    /** The Role of the documentation, with this test's namespace. */
    private String rights() throws IOException {
        String page = Files.readString(KubernetesApi.repository().resolve("docs/kubernetes.md"));
        int from = page.indexOf("```yaml\n# rights of") + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from)).replace("NAMESPACE", team);
    }

    @Test
    void itIsProgrammedWhenEveryReadyReplicaRunsIt() throws IOException {
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        String uid = Cluster.policy(api, team, "a").path("metadata").path("uid").asText();
        try (Page one = new Page(); Page two = new Page()) {
            one.shows(uid, 1);
            api.apply(one.slice(team, "one"));
            api.apply(two.slice(team, "two"));
            replica("one", Optional.of("guard"));
            assertThat(settled("a", "1 of 2")).contains("Programmed False NotProgrammed 1 (1 of 2 ready replicas run generation 1)");
            two.shows(uid, 1);
            assertThat(settled("a", "all ready")).contains("Programmed True");
        }
    }

    @Test
    void anOverridesStatusIsToldOfItsPolicy() {
        api.apply("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitOverride
                metadata: {name: o, namespace: %s}
                spec: {policy: budget, overrides: [{limit: tokens, values: [research], amount: 1000}]}
                """.formatted(team));
        replica("one", Optional.empty());
        String path = "/apis/gatehouse.dev/v1alpha1/namespaces/" + team + "/tokenratelimitoverrides/o";
        assertThat(Cluster.eventually(() -> api.admin().get(path).body().path("status").path("ancestors").valueStream().map(KubernetesStatusTest::text).toList(),
                list -> !list.isEmpty())).first().asString().startsWith("TokenRateLimitPolicy budget: Accepted True Accepted 1");
    }

    @Test
    void refusedRequestsBecomeFewEventsOfTheirRoute() {
        ClusterPolicies replica = replica("one", Optional.empty());
        IntStream.range(0, 5_000).forEach(i -> replica.refused(team + "/chat"));
        replica.refused("some/other/name");
        List<String> events = Cluster.eventually(() -> events("chat"), told -> refusals(told) == 5_000);
        assertThat(refusals(events)).isEqualTo(5_000);
        assertThat(events).hasSizeLessThan(10).allMatch(event -> event.matches("RequestsRefused: [0-9]+ requests? w(as|ere) refused within 0 s"));
    }

    private static int refusals(List<String> events) {
        return events.stream().mapToInt(event -> Integer.parseInt(event.split(" ")[1])).sum();
    }

    private ClusterPolicies replica(String identity, Optional<String> service) {
        return replica(identity, api.adminToken(), Set.of(team, team + "-infra", team + "-app"), service);
    }

    private ClusterPolicies replica(String identity, String token, Set<String> namespaces, Optional<String> service) {
        StatusSettings status = new StatusSettings("gatehouse.dev/guard", team, "guard", identity, service, QUICK, Duration.ofMillis(300), false);
        ClusterPolicies replica = new ClusterPolicies(Cluster.client(api, token), new ClusterSettings(namespaces, Optional.empty(), Optional.of(status)), failures::add);
        replica.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        if (token.equals(api.adminToken())) {
            replica.open(TokenRateLimitOverride.KIND, document -> document, SourceListener.NONE);
        }
        replica.start();
        replicas.add(replica);
        return replica;
    }

    private String holder() {
        return api.admin().get("/apis/coordination.k8s.io/v1/namespaces/" + team + "/leases/guard").body().path("spec").path("holderIdentity").asText();
    }

    /** The status once it has this word. */
    private String settled(String policy, String word) {
        return Cluster.eventually(() -> text(policy), text -> text.contains(word));
    }

    private String text(String policy) {
        return ancestors(policy).stream().map(KubernetesStatusTest::text).collect(Collectors.joining("; "));
    }

    private List<JsonNode> ancestors(String policy) {
        return Cluster.policy(api, team, policy).path("status").path("ancestors").valueStream().toList();
    }

    private static String text(JsonNode entry) {
        return entry.path("ancestorRef").path("kind").asText() + " " + entry.path("ancestorRef").path("name").asText() + ": "
                + entry.path("conditions").valueStream().map(condition -> "%s %s %s %s (%s)".formatted(condition.path("type").asText(),
                        condition.path("status").asText(), condition.path("reason").asText(), condition.path("observedGeneration").asText(),
                        condition.path("message").asText())).collect(Collectors.joining(", "));
    }

    private List<String> transitions(String policy) {
        return ancestors(policy).stream().flatMap(entry -> entry.path("conditions").valueStream()).map(condition -> condition.path("lastTransitionTime").asText())
                .filter(time -> !time.isEmpty()).toList();
    }

    private List<String> events(String policy) {
        return Cluster.eventually(() -> api.admin().get("/apis/events.k8s.io/v1/namespaces/" + team + "/events").body().path("items").valueStream()
                .filter(event -> event.path("regarding").path("name").asText().equals(policy))
                .map(event -> event.path("reason").asText() + ": " + event.path("note").asText()).toList(), list -> !list.isEmpty());
    }
}
