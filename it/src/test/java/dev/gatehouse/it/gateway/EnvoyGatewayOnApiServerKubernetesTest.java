package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chain.Traffic;
import dev.gatehouse.it.chain.Way;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.it.chart.Release;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.TestCertificate;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two features of two releases, attached by a third to a Gateway of another namespace, on a real API server with a real Envoy Gateway: it
 * finds the Services that the features' charts make, as the attachment's names and grants say, and calls them over TLS; the features read their
 * policies from the API server, with the rights that their charts give. What a kubelet and its controllers would do, processes and their EndpointSlices, the
 * test does.
 */
class EnvoyGatewayOnApiServerKubernetesTest {

    private static final String APPS = "default";
    private static final String SERVICES = "gateway-services";
    private static final String LIMITS = "limits-ratelimit";
    private static final String GUARD = "prompt-guard";
    private static final String GUARD_RULES = "{name: mail, action: Mask, pii: {entities: [EMAIL]}}, {name: no-city, action: Block, patterns: [{name: city, pattern: timbuktu}]}";

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static KubernetesApi api;
    private static Backend backend;
    private static GatewaySide side;
    private static Certificates certificates;
    private static TestCertificate first;
    private static TestCertificate second;
    private static Release guard;
    private static Replica guardPod;

    @BeforeAll
    static void start() throws Exception {
        EnvoyGatewayFront.assumePrograms();
        api = KubernetesApi.require();
        api.install(Yaml.folder(Binaries.envoyGatewayCrds()));
        List.of("envoy-gateway-system", APPS, SERVICES).forEach(api::namespace);
        backend = started(new Backend());
        side = new GatewaySide(APPS, Map.of("http", Ports.free()), backend.port());
        side.objects(Policies.routes("envoy-gateway-on-api")).forEach(EnvoyGatewayOnApiServerKubernetesTest::apply);
        policy("TokenRateLimitPolicy", "limits: [{name: calls, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 24h, algorithm: FixedWindow}}]");
        policy("PromptGuardPolicy", "rules: [" + GUARD_RULES + "]");
        apply(Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: on-gateway, namespace: %s}
                spec: {targetRefs: [{kind: Gateway, name: local}], rules: [{name: seen, action: Report, signatures: {}}]}
                """.formatted(APPS)).getFirst());
        certify();
        Release limits = release("ratelimit", "limits", LIMITS);
        guard = release("guard", GUARD, GUARD);
        Replica limitsPod = pod("ratelimit", limits);
        guardPod = pod("guard", guard);
        limits.ready(limitsPod.ready());
        guard.ready(guardPod.ready());
        new Helm(home, SERVICES).template("gatehouse-attachment", "attachment", List.of("gateway=envoy-gateway", "features={ratelimit,guard}",
                "services.ratelimit.name=" + LIMITS, "services.guard.name=" + GUARD, "targets[0].name=local", "targets[0].namespace=" + APPS,
                "tls.enabled=true", "tls.caConfigMap=" + Certificates.AUTHORITIES))
                .forEach(EnvoyGatewayOnApiServerKubernetesTest::apply);
        started(EnvoyGateway.onApi("envoy-gateway-on-api", api.kubeconfig(api.adminToken()))).ready(side.listener("http"));
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    /** Applies a policy of that kind, named {@code on-api}, to the one route. */
    private static void policy(String kind, String spec) {
        apply(Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: %s
                metadata: {name: on-api, namespace: %s}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: all}]
                  timeout: 5s
                  %s
                """.formatted(kind, APPS, spec)).getFirst());
    }

    /** A certificate for each Service, and for the guard the next one, which the gateway believes already. */
    private static void certify() throws Exception {
        certificates = new Certificates(api, SERVICES, home);
        TestCertificate limits = certificates.make(LIMITS);
        first = certificates.make(GUARD);
        second = certificates.make(GUARD);
        certificates.give(LIMITS, limits);
        certificates.give(GUARD, first);
        certificates.believe(limits, first, second);
    }

    private static Release release(String feature, String name, String service) {
        Release release = Release.install(api, new Helm(home, SERVICES), feature, name, List.of("policies.affectedConditions=true", "tls.secret=" + service + "-tls"));
        release.onServer().forEach(EnvoyGatewayOnApiServerKubernetesTest::deleteLater);
        return release;
    }

    private static Replica pod(String feature, Release release) throws IOException {
        return started(new Replica("on-api-" + feature, release.pod(release.name() + "-0"), home));
    }

    private static void apply(JsonNode object) {
        api.tryApply(object, "").orThrow();
        deleteLater(object);
    }

    private static void deleteLater(JsonNode object) {
        STARTED.push(() -> api.remove(object));
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.push(part);
        return part;
    }

    @Test
    void envoyGatewayAcceptsTheAttachment() {
        assertThat(conditions("gateway.envoyproxy.io/v1alpha1", "envoyextensionpolicies/attachment-gateway-local")).containsExactly("Accepted=True");
        assertThat(conditions("gateway.networking.k8s.io/v1", SERVICES, "backendtlspolicies/attachment-guard")).contains("Accepted=True");
    }

    @Test
    void thePoliciesAreAcceptedAndProgrammed() throws Exception {
        for (String plural : List.of("tokenratelimitpolicies", "promptguardpolicies")) {
            Await.until(plural + " are programmed", () -> conditions("gatehouse.dev/v1alpha1", plural + "/on-api").containsAll(List.of("Accepted=True", "Programmed=True")));
        }
    }

    /** Envoy Gateway writes its own word on the same objects, at the same time; each leaves the other's. */
    @Test
    void routeAndGatewayAreToldWhichPoliciesActOnThem() throws Exception {
        Await.until("the route has the words of all three", () -> parents().containsAll(List.of("gateway.envoyproxy.io/gatewayclass-controller Accepted",
                "gatehouse.dev/gatehouse-guard gatehouse.dev/PromptGuardPolicyAffected", "gatehouse.dev/gatehouse-ratelimit gatehouse.dev/TokenRateLimitPolicyAffected")));
        Await.until("the Gateway has the words of both", () -> gatewayConditions().containsAll(List.of("Accepted", "Programmed", "gatehouse.dev/PromptGuardPolicyAffected")));
    }

    /** After Envoy Gateway has written the Gateway's status anew. */
    @Test
    void bothSpeakOfAChangedGateway() throws Exception {
        String changed = "{\"spec\": {\"infrastructure\": {\"labels\": {\"example.com/change\": \"one\"}}}}";
        String generation = api.admin().merge("/apis/gateway.networking.k8s.io/v1/namespaces/" + APPS + "/gateways/local", changed).orThrow()
                .path("metadata").path("generation").asText();
        Await.until("conditions of both are of generation " + generation, () -> status("gateways/local").path("conditions").valueStream()
                .filter(condition -> condition.path("observedGeneration").asText().equals(generation)).map(condition -> condition.path("type").asText()).toList()
                .containsAll(List.of("Accepted", "gatehouse.dev/PromptGuardPolicyAffected")));
    }

    private static List<String> parents() {
        return status("httproutes/all").path("parents").valueStream().map(entry -> entry.path("controllerName").asText() + " "
                + entry.path("conditions").path(0).path("type").asText()).toList();
    }

    private static List<String> gatewayConditions() {
        return status("gateways/local").path("conditions").valueStream().map(condition -> condition.path("type").asText()).toList();
    }

    private static JsonNode status(String object) {
        return api.admin().get("/apis/gateway.networking.k8s.io/v1/namespaces/" + APPS + "/" + object).orThrow().path("status");
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
        policy("PromptGuardPolicy", "rules: [" + GUARD_RULES + ", {name: no-project, action: Block, patterns: [{name: project, pattern: zanzibar}]}]");
        Await.until("the new rule blocks", () -> ask(Client.newTestId(), "Tell me about project zanzibar", Client.newTestId()).statusCode() == 400);
    }

    /** The gateway's connections that are there stay, new ones are shown the new certificate. */
    @Test
    void aRenewedCertificateCostsNoRequest() throws Exception {
        try (Traffic traffic = Traffic.start(List.of(new Way("gateway", Attached.FULL_DUPLEX_STREAMED, side.listener("http"))), "Tell me about timbuktu")) {
            Await.until("requests are answered", () -> traffic.answered() > 0);
            certify(second);
            int before = traffic.answered();
            Await.until("requests go on", () -> traffic.answered() > before + 20);
            assertThat(traffic.wrong()).isEmpty();
        }
    }

    @Test
    void aServiceWhoseAuthorityTheGatewayDoesNotKnowIsNotCalled() throws Exception {
        certify(certificates.make(GUARD));
        guardPod.restart();
        assertThat(ask(Client.newTestId(), "hi", Client.newTestId()).statusCode()).isGreaterThanOrEqualTo(500);
        certify(first);
        Await.until("the gateway calls it", () -> ask(Client.newTestId(), "hi", Client.newTestId()).statusCode() == 200);
    }

    /** Gives the guard this certificate and waits until new connections are shown it. */
    private static void certify(TestCertificate certificate) throws Exception {
        certificates.give(GUARD, certificate);
        guard.refresh(GUARD + "-0");
        Await.until("the certificate is served", () -> Certificates.isShown(guardPod.grpcPort(), certificate));
    }

    private static List<String> conditions(String version, String object) {
        return conditions(version, APPS, object);
    }

    private static List<String> conditions(String version, String namespace, String object) {
        return api.admin().get("/apis/" + version + "/namespaces/" + namespace + "/" + object).orThrow().path("status").path("ancestors").path(0).path("conditions")
                .valueStream().map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText()).toList();
    }

    private static HttpResponse<String> ask(String id, String text, String team) throws Exception {
        return Client.send(Client.chat(side.listener("http"), id, Client.prompt(text)).header("x-team", team));
    }
}
