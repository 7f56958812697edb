package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.it.chart.Release;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate limit and the guard as releases of their own, attached by a third to a Gateway of another namespace, on a real API server with a
 * real Istio: it finds the Services that the features' charts make, by the attachment's names; the features read their policies from the
 * API server, with the rights that their charts give. What a kubelet and its controllers would do, processes and their EndpointSlices, the
 * test does.
 */
class IstioOnApiServerKubernetesTest {

    private static final String APPS = "default";
    private static final String SERVICES = "istio-services";
    private static final IstioGateway GATEWAY = new IstioGateway(APPS, "local", Ports.free());

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static KubernetesApi api;
    private static Applied applied;
    private static Backend backend;

    @BeforeAll
    static void start() throws Exception {
        IstioFront.assumePrograms();
        api = KubernetesApi.require();
        api.install(Istiod.crds());
        Stream.of(Istiod.NAMESPACE, APPS, SERVICES).forEach(api::namespace);
        applied = started(new Applied(api));
        backend = started(new Backend());
        applied.all(new IstioSide(APPS, List.of(GATEWAY), backend.port()).objects(Policies.routes("istio-on-api")));
        policies();
        release("ratelimit", "limits");
        release("guard", "prompt-guard");
        applied.all(new Helm(home, SERVICES).template("gatehouse-attachment", "attachment", List.of("gateway=istio", "features={ratelimit,guard}",
                "services.ratelimit.name=limits-ratelimit", "services.guard.name=prompt-guard", "targets[0].name=local", "targets[0].namespace=" + APPS)));
        Istiod istiod = started(Istiod.start("istio-on-api", api.kubeconfig(api.adminToken()), ""));
        Program envoy = started(GATEWAY.start("istio-on-api", istiod.xds()));
        Readiness.await(GATEWAY.listener(), envoy);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    private static void policies() {
        policy("TokenRateLimitPolicy", "limits: [{name: calls, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 24h, algorithm: FixedWindow}}]");
        policy("PromptGuardPolicy", "rules: [{name: mail, action: Mask, pii: {entities: [EMAIL]}}]");
        applied.all(Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: on-gateway, namespace: %s}
                spec: {targetRefs: [{kind: Gateway, name: local}], rules: [{name: seen, action: Report, signatures: {}}]}
                """.formatted(APPS)));
    }

    /** Applies a policy of that kind, named {@code on-api}, to the one route. */
    private static void policy(String kind, String spec) {
        applied.all(Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: %s
                metadata: {name: on-api, namespace: %s}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: all}]
                  timeout: 5s
                  %s
                """.formatted(kind, APPS, spec)));
    }

    /** Installs a feature's release and makes its Service lead to a process of this machine. */
    private static void release(String feature, String name) throws IOException {
        Release release = Release.install(api, new Helm(home, SERVICES), feature, name, List.of("policies.affectedConditions=true"));
        applied.take(release.onServer());
        release.ready(started(new Replica("istio-on-api-" + feature, release.pod(release.name() + "-0"), home)).ready());
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.push(part);
        return part;
    }

    @Test
    void thePoliciesAreAcceptedAndProgrammed() throws Exception {
        for (String plural : List.of("tokenratelimitpolicies", "promptguardpolicies")) {
            Await.until(plural + " are programmed", () -> conditions(status("gatehouse.dev/v1alpha1", plural + "/on-api").path("ancestors").path(0))
                    .containsAll(List.of("Accepted=True", "Programmed=True")));
        }
    }

    /** Istio writes its own word on the same objects, at the same time; each leaves the other's. */
    @Test
    void routeAndGatewayAreToldWhichPoliciesActOnThem() throws Exception {
        Await.until("the route has the words of all three", () -> parents().containsAll(List.of("istio.io/gateway-controller Accepted",
                "gatehouse.dev/gatehouse-guard gatehouse.dev/PromptGuardPolicyAffected", "gatehouse.dev/gatehouse-ratelimit gatehouse.dev/TokenRateLimitPolicyAffected")));
        Await.until("the Gateway has the words of both", () -> conditions(status("gateways/local"))
                .containsAll(List.of("Accepted=True", "gatehouse.dev/PromptGuardPolicyAffected=True")));
    }

    /** After Istio has written the Gateway's status anew. */
    @Test
    void bothSpeakOfAChangedGateway() throws Exception {
        String generation = change("gateways/local", "{\"spec\": {\"infrastructure\": {\"labels\": {\"example.com/change\": \"one\"}}}}")
                .path("metadata").path("generation").asText();
        Await.until("conditions of both are of generation " + generation, () -> status("gateways/local").path("conditions").valueStream()
                .filter(condition -> condition.path("observedGeneration").asText().equals(generation)).map(condition -> condition.path("type").asText()).toList()
                .containsAll(List.of("Accepted", "gatehouse.dev/PromptGuardPolicyAffected")));
    }

    @Test
    void bothFeaturesOfTheTwoReleasesAreInTheWayInTheirOrder() throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> first = ask(id, "Write to ada@example.org", "team");
        assertThat(first.statusCode()).isEqualTo(200);
        Backend.Received received = backend.received(id).orElseThrow();
        assertThat(received.headers().get("X-test-path")).containsExactly("ratelimit,guard");
        assertThat(received.text()).contains("Write to [EMAIL_1]");
        assertThat(ask(Client.newTestId(), "Write to ada@example.org", "team").statusCode()).isEqualTo(429);
    }

    @Test
    void anAppliedChangeIsLiveBehindTheGateway() throws Exception {
        assertThat(ask(Client.newTestId(), "Tell me about project zanzibar", "before").statusCode()).isEqualTo(200);
        policy("PromptGuardPolicy", """
                rules: [{name: mail, action: Mask, pii: {entities: [EMAIL]}}, {name: no-project, action: Block, patterns: [{name: project, pattern: zanzibar}]}]""");
        Await.until("the new rule blocks", () -> ask(Client.newTestId(), "Tell me about project zanzibar", Client.newTestId()).statusCode() == 400);
    }

    private static List<String> parents() {
        return status("httproutes/all").path("parents").valueStream().map(entry -> entry.path("controllerName").asText() + " "
                + entry.path("conditions").path(0).path("type").asText()).toList();
    }

    /** Type and status of each condition. */
    private static List<String> conditions(JsonNode of) {
        return of.path("conditions").valueStream().map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText()).toList();
    }

    private static HttpResponse<String> ask(String id, String text, String team) throws Exception {
        return Client.send(Client.chat(GATEWAY.listener(), id, Client.prompt(text)).header("x-team", team));
    }

    /** Merges into an object of the Gateway API. @param object plural and name */
    private static JsonNode change(String object, String patch) {
        return api.admin().merge("/apis/gateway.networking.k8s.io/v1/namespaces/" + APPS + "/" + object, patch).orThrow();
    }

    /** Of an object of the Gateway API. @param object plural and name */
    private static JsonNode status(String object) {
        return status("gateway.networking.k8s.io/v1", object);
    }

    /** @param object plural and name */
    private static JsonNode status(String version, String object) {
        return api.admin().get("/apis/" + version + "/namespaces/" + APPS + "/" + object).orThrow().path("status");
    }
}
