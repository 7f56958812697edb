package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kubernetes.status.StatusSettings;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.limit.TokenRateLimitOverride;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status that the leader writes, read from a real API server. */
class KubernetesStatusTest {

    @RegisterExtension
    final Team team = new Team("status");

    private final Set<String> namespaces = new HashSet<>(Set.of(team.name()));
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
    }

    @Test
    void statusFollowsThePolicyAndItsTarget() {
        replica("one", Optional.empty());
        team.policy("a", Team.EDGE, "first");
        assertThat(settled("a", "TargetNotFound")).isEqualTo("Gateway edge: Accepted False TargetNotFound 1 (there is no Gateway edge), "
                + "Programmed False NotProgrammed 1 (there is no Gateway edge)");
        team.edge();
        long changed = System.nanoTime();
        assertThat(settled("a", "all ready")).isEqualTo("Gateway edge: Accepted True Accepted 1 (the policy is valid), "
                + "Programmed True Programmed 1 (all ready replicas run generation 1)");
        assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(2));
        team.policy("a", Team.EDGE, "refused");
        assertThat(settled("a", "Invalid")).isEqualTo("Gateway edge: Accepted False Invalid 2 (spec.rules[0].name: is refused), "
                + "Programmed False NotProgrammed 2 (generation 1 is in use, the last good state)");
        assertThat(events("a")).contains("Invalid: spec.rules[0].name: is refused");
        assertThat(Cluster.eventually(() -> transitions("a"), times -> times.size() == 2)).hasSize(2);
    }

    @Test
    void theOlderPolicyWinsAndTheYoungerIsTold() {
        team.edge();
        team.policy("older", Team.EDGE, "first");
        team.policy("older-too", Team.EDGE, "first");
        replica("one", Optional.empty());
        assertThat(settled("older-too", "Conflicted")).startsWith("Gateway edge: Accepted False Conflicted 1 (the older policy " + team.name() + "/older has the same target)");
        assertThat(settled("older", "all ready")).contains("Accepted True");
        team.delete("older");
        assertThat(settled("older-too", "all ready")).contains("Accepted True");
    }

    @Test
    void aRouteThatItsGatewayDoesNotTakeIsNoTarget() {
        String other = team.name() + "-infra";
        namespaces.add(other);
        team.api().namespace(other);
        team.api().apply(Cluster.gateway(other, "edge", "Same"));
        team.api().apply(Cluster.route(team.name(), "chat", "{name: edge, namespace: " + other + "}", "a.example.com", "{name: own, port: 80}"));
        team.policy("a", Team.CHAT, "first");
        replica("one", Optional.empty());
        assertThat(settled("a", "NotAllowed")).startsWith("Gateway edge: Accepted False NotAllowedByListeners 1 (no listener allows routes from namespace " + team.name() + ")");
        team.api().apply(Cluster.gateway(other, "edge", "All"));
        assertThat(settled("a", "all ready")).contains("Accepted True");
    }

    @Test
    void aBackendInAnotherNamespaceNeedsAGrant() {
        String other = team.name() + "-app";
        namespaces.add(other);
        team.api().namespace(other);
        team.api().apply(Cluster.gateway(other, "edge", "Same"));
        team.api().apply(Cluster.route(other, "chat", "{name: edge}", "a.example.com", "{name: llm, namespace: " + team.name() + ", port: 80}"));
        team.api().apply(Cluster.policy(team.name(), "a", "{group: \"\", kind: Service, name: llm}", "first"));
        replica("one", Optional.empty());
        assertThat(settled("a", "TargetNotFound")).contains("no HTTPRoute that a Gateway takes sends requests to Service llm");
        team.api().apply("""
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: g, namespace: %s}
                spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: %s}], to: [{group: "", kind: Service}]}
                """.formatted(team.name(), other));
        assertThat(settled("a", "all ready")).startsWith("Gateway edge: Accepted True");
    }

    @Test
    void entriesOfOthersStay() {
        team.edge();
        team.policy("a", Team.EDGE, "first");
        String other = "{\"ancestorRef\": {\"name\": \"x\"}, \"controllerName\": \"example.com/other\", \"conditions\": []}";
        team.api().admin().merge(Cluster.path(team.name(), "a") + "/status", "{\"status\": {\"ancestors\": [" + other + "]}}").orThrow();
        replica("one", Optional.empty());
        Cluster.eventually(() -> ancestors("a"), list -> list.size() == 2);
        assertThat(ancestors("a")).extracting(entry -> entry.path("controllerName").asText()).containsExactly("example.com/other", "gatehouse.dev/guard");
    }

    @Test
    void anotherReplicaTakesOverAndAStatusThatIsRightIsNotWrittenAgain() {
        team.edge();
        team.policy("a", Team.EDGE, "first");
        ClusterPolicies one = replica("one", Optional.empty());
        settled("a", "all ready");
        assertThat(holder()).isEqualTo("one");
        replica("two", Optional.empty());
        String version = Cluster.policy(team.api(), team.name(), "a").path("metadata").path("resourceVersion").asText();
        team.close(one);
        assertThat(Cluster.eventually(this::holder, "two"::equals)).isEqualTo("two");
        team.policy("b", Team.EDGE, "first");
        assertThat(settled("b", "Conflicted")).contains("Conflicted");
        assertThat(Cluster.policy(team.api(), team.name(), "a").path("metadata").path("resourceVersion").asText()).isEqualTo(version);
    }

    /** Its process lives on, as behind a broken network: it does not give the Lease back, and when it is back it follows. */
    @Test
    void whereTheLeaderIsCutOffAnotherTakesItsLeaseWhenThatHasEndedAndKeepsIt() throws IOException {
        team.edge();
        try (Cable cable = new Cable(team.api().url())) {
            List<RuntimeException> told = new CopyOnWriteArrayList<>();
            ClusterPolicies cut = writer("cut", Cluster.client(team.api(), cable.url(), team.api().adminToken()), Optional.empty(), told::add);
            cut.start();
            team.policy("a", Team.EDGE, "first");
            assertThat(settled("a", "all ready")).contains("Programmed True");
            replica("other", Optional.empty());
            cable.cut();
            team.policy("a", Team.EDGE, "second");
            assertThat(settled("a", "generation 2")).contains("Programmed True Programmed 2");
            assertThat(holder()).isEqualTo("other");
            assertThat(told).as("what is logged of it").hasSize(1);
            cable.mend();
            String renewed = lease().path("renewTime").asText();
            assertThat(Cluster.eventually(() -> lease().path("renewTime").asText(), time -> time.compareTo(renewed) > 0)).isGreaterThan(renewed);
            assertThat(holder()).isEqualTo("other");
            cable.cut();
            long ends = System.nanoTime();
            team.close(cut);
            assertThat(Duration.ofNanos(System.nanoTime() - ends)).as("it ends at once, server or not").isLessThan(Duration.ofSeconds(5));
        }
    }

    /** What docs/kubernetes.md asks for, and no more. */
    @Test
    void theDocumentedRightsAreEnough() throws IOException {
        String token = team.api().serviceAccount(team.name(), "guard");
        team.api().apply(rights());
        team.edge();
        team.policy("a", Team.EDGE, "refused");
        writer("one", Cluster.client(team.api(), token), Optional.of("guard"), failures::add).start();
        assertThat(settled("a", "Invalid")).contains("Accepted False Invalid");
        assertThat(events("a")).isNotEmpty();
    }

    /** The Role of the documentation, with this test's namespace. */
    private String rights() throws IOException {
        String page = Files.readString(KubernetesApi.repository().resolve("docs/kubernetes.md"));
        int from = page.indexOf("```yaml\n# rights of") + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from)).replace("NAMESPACE", team.name());
    }

    @Test
    void itIsProgrammedWhenEveryReadyReplicaRunsIt() throws IOException {
        team.edge();
        team.policy("a", Team.EDGE, "first");
        String uid = Cluster.policy(team.api(), team.name(), "a").path("metadata").path("uid").asText();
        try (Page one = new Page(); Page two = new Page()) {
            one.shows(uid, 1);
            team.api().apply(one.slice(team.name(), "one"));
            team.api().apply(two.slice(team.name(), "two"));
            replica("one", Optional.of("guard"));
            assertThat(settled("a", "1 of 2")).contains("Programmed False NotProgrammed 1 (1 of 2 ready replicas run generation 1)");
            two.shows(uid, 1);
            assertThat(settled("a", "all ready")).contains("Programmed True");
        }
    }

    @Test
    void anOverridesStatusIsToldOfItsPolicy() {
        team.api().apply("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitOverride
                metadata: {name: o, namespace: %s}
                spec: {policy: budget, overrides: [{limit: tokens, values: [research], amount: 1000}]}
                """.formatted(team.name()));
        ClusterPolicies limits = writer("one", Cluster.client(team.api(), team.api().adminToken()), Optional.empty(), failures::add);
        limits.open(TokenRateLimitOverride.KIND, document -> document, SourceListener.NONE);
        limits.open(TokenRateLimitPolicy.KIND, document -> document, SourceListener.NONE);
        limits.start();
        assertThat(override("TargetNotFound")).startsWith("TokenRateLimitPolicy budget: Accepted False TargetNotFound 1 (there is no TokenRateLimitPolicy budget), "
                + "Programmed False NotProgrammed 1");
        team.api().apply("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: TokenRateLimitPolicy
                metadata: {name: budget, namespace: %s}
                spec:
                  targetRefs: [%s]
                  limits: [{name: tokens, key: [{attribute: Tenant}], quota: {amount: 10, unit: Tokens, window: 1h}}]
                """.formatted(team.name(), Team.EDGE));
        assertThat(override("all ready")).startsWith("TokenRateLimitPolicy budget: Accepted True Accepted 1 (the policy is valid), Programmed True");
    }

    private String override(String word) {
        String path = "/apis/gatehouse.dev/v1alpha1/namespaces/" + team.name() + "/tokenratelimitoverrides/o";
        return Cluster.eventually(() -> team.api().admin().get(path).body().path("status").path("ancestors").valueStream().map(KubernetesStatusTest::text)
                .collect(Collectors.joining("; ")), text -> text.contains(word));
    }

    @Test
    void aBackendThatIsNotThereIsToldFromOneThatNoRouteLeadsTo() {
        team.edge();
        team.policy("a", "{group: \"\", kind: Service, name: llm}", "first");
        team.policy("b", "{group: inference.networking.x-k8s.io, kind: InferencePoolImport, name: pool}", "first");
        watchingBackends(team.api().adminToken());
        assertThat(settled("a", "there is no")).startsWith("Service llm: Accepted False TargetNotFound 1 (there is no Service llm)");
        assertThat(settled("b", "there is no")).startsWith("InferencePoolImport pool: Accepted False TargetNotFound 1 (there is no InferencePoolImport pool)");
        team.api().apply("{apiVersion: v1, kind: Service, metadata: {name: llm, namespace: " + team.name() + "}, spec: {ports: [{port: 80}]}}");
        assertThat(settled("a", "all ready")).startsWith("Service llm: Accepted True Accepted 1 (the policy is valid; no HTTPRoute that a Gateway takes sends requests to Service llm)");
        team.api().apply(Cluster.route(team.name(), "chat", "{name: edge}", "a.example.com", "{name: llm, port: 80}"));
        assertThat(settled("a", "Gateway edge")).startsWith("Gateway edge: Accepted True Accepted 1 (the policy is valid)");
    }

    @Test
    void whereBackendsMayNotBeReadNobodySaysThatTheyAreMissing() throws IOException {
        String token = team.api().serviceAccount(team.name(), "guard");
        team.api().apply(rights());
        team.policy("a", "{group: \"\", kind: Service, name: llm}", "first");
        watchingBackends(token);
        assertThat(settled("a", "TargetNotFound")).contains("no HTTPRoute that a Gateway takes sends requests to Service llm");
    }

    private void watchingBackends(String token) {
        ClusterSettings settings = new ClusterSettings(namespaces, Optional.empty(), true, Optional.of(status("one", Optional.empty())));
        ClusterPolicies writer = team.ends(new ClusterPolicies(Cluster.client(team.api(), token), settings, failures::add));
        writer.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        writer.start();
    }

    @Test
    void refusedRequestsBecomeFewEventsOfTheirRoute() {
        ClusterPolicies replica = replica("one", Optional.empty());
        IntStream.range(0, 5_000).forEach(i -> replica.refused(team.name() + "/chat"));
        replica.refused("some/other/name");
        List<String> events = Cluster.eventually(() -> events("chat"), told -> refusals(told) == 5_000);
        assertThat(refusals(events)).isEqualTo(5_000);
        assertThat(events).hasSizeLessThan(10).allMatch(event -> event.matches("RequestsRefused: [0-9]+ requests? w(as|ere) refused within 0 s"));
    }

    private static int refusals(List<String> events) {
        return events.stream().mapToInt(event -> Integer.parseInt(event.split(" ")[1])).sum();
    }

    private ClusterPolicies replica(String identity, Optional<String> service) {
        ClusterPolicies replica = writer(identity, Cluster.client(team.api(), team.api().adminToken()), service, failures::add);
        replica.start();
        return replica;
    }

    /** Not started yet. */
    private ClusterPolicies writer(String identity, KubernetesClient client, Optional<String> service, Consumer<RuntimeException> onFailure) {
        ClusterSettings settings = new ClusterSettings(namespaces, Optional.empty(), false, Optional.of(status(identity, service)));
        ClusterPolicies writer = team.ends(new ClusterPolicies(client, settings, onFailure));
        writer.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        return writer;
    }

    private StatusSettings status(String identity, Optional<String> service) {
        return new StatusSettings("gatehouse.dev/guard", team.name(), "guard", identity, service, Team.QUICK, Duration.ofMillis(300), false);
    }

    private String holder() {
        return lease().path("holderIdentity").asText();
    }

    private JsonNode lease() {
        return team.api().admin().get("/apis/coordination.k8s.io/v1/namespaces/" + team.name() + "/leases/guard").body().path("spec");
    }

    /** The status once it has this word. */
    private String settled(String policy, String word) {
        return Cluster.eventually(() -> text(policy), text -> text.contains(word));
    }

    private String text(String policy) {
        return ancestors(policy).stream().map(KubernetesStatusTest::text).collect(Collectors.joining("; "));
    }

    private List<JsonNode> ancestors(String policy) {
        return Cluster.policy(team.api(), team.name(), policy).path("status").path("ancestors").valueStream().toList();
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
        return Cluster.eventually(() -> team.api().admin().get("/apis/events.k8s.io/v1/namespaces/" + team.name() + "/events").body().path("items").valueStream()
                .filter(event -> event.path("regarding").path("name").asText().equals(policy))
                .map(event -> event.path("reason").asText() + ": " + event.path("note").asText()).toList(), list -> !list.isEmpty());
    }
}
