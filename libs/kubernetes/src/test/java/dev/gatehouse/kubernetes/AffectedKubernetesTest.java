package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kubernetes.status.StatusSettings;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the leader writes into the status of Gateways and HTTPRoutes, read from a real API server. */
class AffectedKubernetesTest {

    private static final String TYPE = "gatehouse.dev/PromptGuardPolicyAffected";
    private static final String GATEWAYS_OWN = "{\"type\": \"Accepted\", \"status\": \"True\", \"reason\": \"Accepted\", \"message\": \"by its controller\", "
            + "\"lastTransitionTime\": \"2026-01-01T00:00:00Z\"}";

    @RegisterExtension
    final Team team = new Team("affected");

    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

    @BeforeEach
    void objects() {
        team.edge();
        team.api().apply(Cluster.gateway(team.name(), "second", "Same"));
        team.api().apply(Cluster.route(team.name(), "chat", "{name: edge}, {name: second, sectionName: http}", "a.example.com", "{name: own, port: 80}"));
    }

    @AfterEach
    void nothingFailed() {
        assertThat(failures).isEmpty();
    }

    @Test
    void aGatewayIsToldWhichPoliciesActOnItAndKeepsItsOwnConditions() {
        team.api().admin().merge(gateway() + "/status", "{\"status\": {\"conditions\": [" + GATEWAYS_OWN + "]}}").orThrow();
        team.policy("a", Team.EDGE, "first");
        serve(team.api().adminToken(), "gatehouse.dev/guard");
        assertThat(settledGateway(list -> list.size() == 2)).containsExactlyInAnyOrder("Accepted True 0: by its controller", TYPE + " True 1: PromptGuardPolicy " + team.name() + "/a");
        team.policy("a", Team.CHAT, "first");
        assertThat(settledGateway(list -> list.size() == 1)).containsExactly("Accepted True 0: by its controller");
    }

    @Test
    void aConditionSpeaksOfTheTargetAsItIsNow() {
        team.policy("a", Team.EDGE, "first");
        serve(team.api().adminToken(), "gatehouse.dev/guard");
        settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE + " True 1")));
        team.api().apply(Cluster.gateway(team.name(), "edge", "All"));
        assertThat(settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE + " True 2")))).anyMatch(text -> text.startsWith(TYPE + " True 2"));
    }

    @Test
    void anHttpRouteIsToldForEachParentThatTakesItAndEntriesOfOthersStay() {
        String other = "{\"parentRef\": {\"name\": \"edge\"}, \"controllerName\": \"example.com/gateway\", \"conditions\": [" + GATEWAYS_OWN + "]}";
        team.api().admin().merge(route() + "/status", "{\"status\": {\"parents\": [" + other + "]}}").orThrow();
        team.policy("a", Team.CHAT, "first");
        serve(team.api().adminToken(), "gatehouse.dev/guard");
        assertThat(settledRoute(3)).containsExactly("example.com/gateway edge Accepted True 0: by its controller",
                "gatehouse.dev/guard edge " + TYPE + " True 1: PromptGuardPolicy " + team.name() + "/a",
                "gatehouse.dev/guard second " + TYPE + " True 1: PromptGuardPolicy " + team.name() + "/a");
        team.delete("a");
        assertThat(settledRoute(1)).containsExactly("example.com/gateway edge Accepted True 0: by its controller");
    }

    @Test
    void aPolicyThatIsNotAcceptedActsOnNothing() {
        team.policy("a", Team.CHAT, "first");
        team.policy("younger", Team.CHAT, "first");
        team.policy("wrong", Team.EDGE, "refused");
        serve(team.api().adminToken(), "gatehouse.dev/guard");
        assertThat(settledRoute(2)).allMatch(text -> text.endsWith("PromptGuardPolicy " + team.name() + "/a"));
        assertThat(gatewayConditions()).noneMatch(text -> text.startsWith(TYPE));
    }

    /** As Envoy Gateway does at its start, when it writes what it has read before. */
    @Test
    void whatAControllerTakesAwayOnceIsSoonThereAgain() {
        team.policy("a", Team.CHAT, "first");
        serve(team.api().adminToken(), "gatehouse.dev/guard");
        settledRoute(2);
        team.api().admin().merge(route() + "/status", "{\"status\": {\"parents\": []}}").orThrow();
        long gone = System.nanoTime();
        assertThat(settledRoute(2)).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(Duration.ofSeconds(8));
    }

    /** What a leader has left behind that died before its policy went. */
    @Test
    void whatIsLeftOfAPolicyThatIsNoMoreIsTakenAway() {
        team.policy("a", Team.EDGE + ", " + Team.CHAT, "first");
        ClusterPolicies first = serve(team.api().adminToken(), "gatehouse.dev/guard");
        settledRoute(2);
        settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE)));
        team.close(first);
        team.delete("a");
        serve(team.api().adminToken(), "gatehouse.dev/guard");
        assertThat(settledRoute(0)).isEmpty();
        assertThat(settledGateway(list -> list.stream().noneMatch(text -> text.startsWith(TYPE)))).noneMatch(text -> text.startsWith(TYPE));
    }

    /** A second installation that sees the same policies. */
    @Test
    void theConditionOfAnotherInstallationIsLeftAlone() {
        team.policy("a", Team.EDGE, "first");
        ClusterPolicies first = serve(team.api().adminToken(), "gatehouse.dev/guard");
        List<String> before = settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE)));
        team.close(first);
        team.policy("b", Team.EDGE, "first");
        team.delete("a");
        serve(team.api().adminToken(), "gatehouse.dev/other");
        Cluster.eventually(() -> Cluster.policy(team.api(), team.name(), "b").path("status").toString(), text -> text.contains("all ready"));
        assertThat(gatewayConditions()).isEqualTo(before);
    }

    /** The documented Role, with what docs/kubernetes.md adds to it for this. */
    @Test
    void theDocumentedRightsAreEnough() throws IOException {
        String token = team.api().serviceAccount(team.name(), "guard");
        String page = Files.readString(KubernetesApi.repository().resolve("docs/kubernetes.md"));
        Stream.of("rights of the guard", "rights for conditions").map(title -> block(page, title)).forEach(team.api()::apply);
        team.policy("a", Team.EDGE + ", " + Team.CHAT, "first");
        serve(token, "gatehouse.dev/guard");
        assertThat(settledRoute(2)).hasSize(2);
        assertThat(settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE)))).anyMatch(text -> text.startsWith(TYPE));
    }

    private String block(String page, String title) {
        int from = page.indexOf("```yaml\n# " + title) + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from)).replace("NAMESPACE", team.name());
    }

    private ClusterPolicies serve(String token, String controller) {
        StatusSettings status = new StatusSettings(controller, team.name(), "guard", "one", Optional.empty(), Team.QUICK, Duration.ofMinutes(1), true);
        ClusterPolicies cluster = team.ends(new ClusterPolicies(Cluster.client(team.api(), token), new ClusterSettings(Set.of(team.name()), Optional.empty(), false, Optional.of(status)), failures::add));
        cluster.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        cluster.start();
        return cluster;
    }

    private String gateway() {
        return "/apis/gateway.networking.k8s.io/v1/namespaces/" + team.name() + "/gateways/edge";
    }

    private String route() {
        return "/apis/gateway.networking.k8s.io/v1/namespaces/" + team.name() + "/httproutes/chat";
    }

    private List<String> settledGateway(Predicate<List<String>> right) {
        return Cluster.eventually(this::gatewayConditions, right);
    }

    private List<String> gatewayConditions() {
        return team.api().admin().get(gateway()).body().path("status").path("conditions").valueStream().map(AffectedKubernetesTest::text).toList();
    }

    private List<String> settledRoute(int entries) {
        return Cluster.eventually(this::routeEntries, list -> list.size() == entries);
    }

    private List<String> routeEntries() {
        return team.api().admin().get(route()).body().path("status").path("parents").valueStream().map(entry -> entry.path("controllerName").asText() + " "
                + entry.path("parentRef").path("name").asText() + " " + text(entry.path("conditions").path(0))).toList();
    }

    private static String text(JsonNode condition) {
        return condition.path("type").asText() + " " + condition.path("status").asText() + " " + condition.path("observedGeneration").asInt() + ": "
                + condition.path("message").asText();
    }
}
