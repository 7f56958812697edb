package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.kubernetes.status.LeaseTiming;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the leader writes into the status of Gateways and HTTPRoutes, read from a real API server. */
class AffectedKubernetesTest {

    private static final String EDGE = "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}";
    private static final String CHAT = "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}";
    private static final String TYPE = "gatehouse.dev/PromptGuardPolicyAffected";
    private static final String GATEWAYS_OWN = "{\"type\": \"Accepted\", \"status\": \"True\", \"reason\": \"Accepted\", \"message\": \"by its controller\", "
            + "\"lastTransitionTime\": \"2026-01-01T00:00:00Z\"}";
    private static final LeaseTiming QUICK = new LeaseTiming(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofMillis(300));

    private static KubernetesApi api;
    private static int count;

    private final String team = "affected-" + ++count;
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private Optional<ClusterPolicies> service = Optional.empty();

    @BeforeAll
    static void start() {
        api = KubernetesApi.require();
    }

    @BeforeEach
    void objects() {
        api.namespace(team);
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.gateway(team, "second", "Same"));
        api.apply(Cluster.route(team, "chat", "{name: edge}, {name: second, sectionName: http}", "a.example.com", "{name: own, port: 80}"));
    }

    @AfterEach
    void close() {
        service.ifPresent(ClusterPolicies::close);
        assertThat(failures).isEmpty();
    }

    @Test
    void aGatewayIsToldWhichPoliciesActOnItAndKeepsItsOwnConditions() {
        api.admin().merge(gateway() + "/status", "{\"status\": {\"conditions\": [" + GATEWAYS_OWN + "]}}").orThrow();
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        assertThat(settledGateway(list -> list.size() == 2)).containsExactlyInAnyOrder("Accepted True 0: by its controller", TYPE + " True 1: PromptGuardPolicy " + team + "/a");
        api.apply(Cluster.policy(team, "a", CHAT, "first"));
        assertThat(settledGateway(list -> list.size() == 1)).containsExactly("Accepted True 0: by its controller");
    }

    @Test
    void aConditionSpeaksOfTheTargetAsItIsNow() {
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE + " True 1")));
        api.apply(Cluster.gateway(team, "edge", "All"));
        assertThat(settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE + " True 2")))).anyMatch(text -> text.startsWith(TYPE + " True 2"));
    }

    @Test
    void anHttpRouteIsToldForEachParentThatTakesItAndEntriesOfOthersStay() {
        String other = "{\"parentRef\": {\"name\": \"edge\"}, \"controllerName\": \"example.com/gateway\", \"conditions\": [" + GATEWAYS_OWN + "]}";
        api.admin().merge(route() + "/status", "{\"status\": {\"parents\": [" + other + "]}}").orThrow();
        api.apply(Cluster.policy(team, "a", CHAT, "first"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        assertThat(settledRoute(3)).containsExactly("example.com/gateway edge Accepted True 0: by its controller",
                "gatehouse.dev/guard edge " + TYPE + " True 1: PromptGuardPolicy " + team + "/a",
                "gatehouse.dev/guard second " + TYPE + " True 1: PromptGuardPolicy " + team + "/a");
        api.admin().delete(Cluster.path(team, "a"));
        assertThat(settledRoute(1)).containsExactly("example.com/gateway edge Accepted True 0: by its controller");
    }

    @Test
    void aPolicyThatIsNotAcceptedActsOnNothing() {
        api.apply(Cluster.policy(team, "a", CHAT, "first"));
        api.apply(Cluster.policy(team, "younger", CHAT, "first"));
        api.apply(Cluster.policy(team, "wrong", EDGE, "refused"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        assertThat(settledRoute(2)).allMatch(text -> text.endsWith("PromptGuardPolicy " + team + "/a"));
        assertThat(gatewayConditions()).noneMatch(text -> text.startsWith(TYPE));
    }

    /** What a leader has left behind that died before its policy went. */
    @Test
    void whatIsLeftOfAPolicyThatIsNoMoreIsTakenAway() {
        api.apply(Cluster.policy(team, "a", EDGE + ", " + CHAT, "first"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        settledRoute(2);
        settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE)));
        service.ifPresent(ClusterPolicies::close);
        api.admin().delete(Cluster.path(team, "a"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        assertThat(settledRoute(0)).isEmpty();
        assertThat(settledGateway(list -> list.stream().noneMatch(text -> text.startsWith(TYPE)))).noneMatch(text -> text.startsWith(TYPE));
    }

    /** A second installation that sees the same policies. */
    @Test
    void theConditionOfAnotherInstallationIsLeftAlone() {
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        serve(api.adminToken(), "gatehouse.dev/guard");
        List<String> before = settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE)));
        service.ifPresent(ClusterPolicies::close);
        api.apply(Cluster.policy(team, "b", EDGE, "first"));
        api.admin().delete(Cluster.path(team, "a"));
        serve(api.adminToken(), "gatehouse.dev/other");
        Cluster.eventually(() -> Cluster.policy(api, team, "b").path("status").toString(), text -> text.contains("all ready"));
        assertThat(gatewayConditions()).isEqualTo(before);
    }

    /** The documented Role, with what docs/kubernetes.md adds to it for this. */
    @Test
    void theDocumentedRightsAreEnough() throws IOException {
        String token = api.serviceAccount(team, "guard");
        String page = Files.readString(KubernetesApi.repository().resolve("docs/kubernetes.md"));
        Stream.of("rights of the guard", "rights for conditions").map(title -> block(page, title)).forEach(api::apply);
        api.apply(Cluster.policy(team, "a", EDGE + ", " + CHAT, "first"));
        serve(token, "gatehouse.dev/guard");
        assertThat(settledRoute(2)).hasSize(2);
        assertThat(settledGateway(list -> list.stream().anyMatch(text -> text.startsWith(TYPE)))).anyMatch(text -> text.startsWith(TYPE));
    }

    private String block(String page, String title) {
        int from = page.indexOf("```yaml\n# " + title) + "```yaml\n".length();
        return page.substring(from, page.indexOf("```", from)).replace("NAMESPACE", team);
    }

    private void serve(String token, String controller) {
        StatusSettings status = new StatusSettings(controller, team, "guard", "one", Optional.empty(), QUICK, Duration.ofMinutes(1), true);
        ClusterPolicies cluster = new ClusterPolicies(Cluster.client(api, token), new ClusterSettings(Set.of(team), Optional.empty(), Optional.of(status)), failures::add);
        cluster.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        cluster.start();
        service = Optional.of(cluster);
    }

    private String gateway() {
        return "/apis/gateway.networking.k8s.io/v1/namespaces/" + team + "/gateways/edge";
    }

    private String route() {
        return "/apis/gateway.networking.k8s.io/v1/namespaces/" + team + "/httproutes/chat";
    }

    private List<String> settledGateway(Predicate<List<String>> right) {
        return Cluster.eventually(this::gatewayConditions, right);
    }

    private List<String> gatewayConditions() {
        return api.admin().get(gateway()).body().path("status").path("conditions").valueStream().map(AffectedKubernetesTest::text).toList();
    }

    private List<String> settledRoute(int entries) {
        return Cluster.eventually(this::routeEntries, list -> list.size() == entries);
    }

    private List<String> routeEntries() {
        return api.admin().get(route()).body().path("status").path("parents").valueStream().map(entry -> entry.path("controllerName").asText() + " "
                + entry.path("parentRef").path("name").asText() + " " + text(entry.path("conditions").path(0))).toList();
    }

    private static String text(JsonNode condition) {
        return condition.path("type").asText() + " " + condition.path("status").asText() + " " + condition.path("observedGeneration").asInt() + ": "
                + condition.path("message").asText();
    }
}
