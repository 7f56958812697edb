package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
class EnvoyGatewayOnApiServerKubernetesTest implements TwoReleasesContract {

    private static final String SERVICES = "gateway-services";
    private static final String LIMITS = "limits-ratelimit";
    private static final String GUARD = "prompt-guard";

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static KubernetesApi api;
    private static Applied applied;
    private static TwoReleases bed;
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
        List.of("envoy-gateway-system", TwoReleases.APPS, SERVICES).forEach(api::namespace);
        applied = started(new Applied(api));
        Backend backend = started(new Backend());
        GatewaySide side = new GatewaySide(TwoReleases.APPS, Map.of("http", Ports.free()), backend.port());
        applied.all(side.objects(Policies.routes("envoy-gateway-on-api")));
        bed = new TwoReleases(api, applied, backend, side.listener("http"));
        bed.applyPolicies();
        certify();
        Release limits = release("ratelimit", "limits", LIMITS);
        guard = release("guard", GUARD, GUARD);
        Replica limitsPod = pod("ratelimit", limits);
        guardPod = pod("guard", guard);
        limits.ready(limitsPod.ready());
        guard.ready(guardPod.ready());
        applied.all(new Helm(home, SERVICES).template("gatehouse-attachment", "attachment", List.of("gateway=envoy-gateway", "features={ratelimit,guard}",
                "services.ratelimit.name=" + LIMITS, "services.guard.name=" + GUARD, "targets[0].name=local", "targets[0].namespace=" + TwoReleases.APPS,
                "tls.enabled=true", "tls.caConfigMap=" + Certificates.AUTHORITIES)));
        started(EnvoyGateway.onApi("envoy-gateway-on-api", api.kubeconfig(api.adminToken()))).ready(side.listener("http"));
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
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
        applied.take(release.onServer());
        return release;
    }

    private static Replica pod(String feature, Release release) throws IOException {
        return started(new Replica("on-api-" + feature, release.pod(release.name() + "-0"), home));
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.push(part);
        return part;
    }

    @Override
    public TwoReleases bed() {
        return bed;
    }

    @Override
    public String controller() {
        return "gateway.envoyproxy.io/gatewayclass-controller";
    }

    @Test
    void envoyGatewayAcceptsTheAttachment() {
        assertThat(bed.ofPolicy("gateway.envoyproxy.io/v1alpha1", TwoReleases.APPS, "envoyextensionpolicies/attachment-gateway-local")).containsExactly("Accepted=True");
        assertThat(bed.ofPolicy("gateway.networking.k8s.io/v1", SERVICES, "backendtlspolicies/attachment-guard")).contains("Accepted=True");
    }

    @Test
    void theGatewaySaysBesidesWhetherItIsProgrammed() throws Exception {
        Await.until("the Gateway has the words of both", () -> bed.status("gateways/local").path("conditions").valueStream()
                .map(condition -> condition.path("type").asText()).toList().containsAll(List.of("Accepted", "Programmed", "gatehouse.dev/PromptGuardPolicyAffected")));
    }

    /** The gateway's connections that are there stay, new ones are shown the new certificate. */
    @Test
    void aRenewedCertificateCostsNoRequest() throws Exception {
        try (Traffic traffic = Traffic.start(List.of(new Way("gateway", Attached.FULL_DUPLEX_STREAMED, bed.listener())), "Tell me about timbuktu")) {
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
        assertThat(bed.ask(Client.newTestId(), "hi", Client.newTestId()).statusCode()).isGreaterThanOrEqualTo(500);
        certify(first);
        Await.until("the gateway calls it", () -> bed.ask(Client.newTestId(), "hi", Client.newTestId()).statusCode() == 200);
    }

    /** Gives the guard this certificate and waits until new connections are shown it. */
    private static void certify(TestCertificate certificate) throws Exception {
        certificates.give(GUARD, certificate);
        guard.refresh(GUARD + "-0");
        Await.until("the certificate is served", () -> Certificates.isShown(guardPod.grpcPort(), certificate));
    }
}
