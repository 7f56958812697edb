package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Ports;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two features of two releases, attached by a third to a Gateway of another namespace, on a real API server with a real Envoy Gateway: it
 * finds the Services that the features' charts make, as the attachment's names and grants say. What a kubelet and its controllers would do,
 * processes and their EndpointSlices, the test does.
 */
class EnvoyGatewayOnApiServerKubernetesTest {

    private static final String APPS = "default";
    private static final String SERVICES = "gateway-services";

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static KubernetesApi api;
    private static Backend backend;
    private static GatewaySide side;

    @BeforeAll
    static void start() throws Exception {
        EnvoyGatewayFront.assumePrograms();
        InetAddress address = address();
        api = KubernetesApi.require();
        api.install(Yaml.folder(Binaries.envoyGatewayCrds()));
        List.of("envoy-gateway-system", APPS, SERVICES).forEach(api::namespace);
        backend = started(new Backend());
        side = new GatewaySide(APPS, Map.of("http", Ports.free()), backend.port());
        Path config = config();
        side.objects(config).forEach(EnvoyGatewayOnApiServerKubernetesTest::apply);
        release("ratelimit", "limits", config, address);
        release("guard", "prompt-guard", config, address);
        new Helm(home, SERVICES).template("gatehouse-attachment", "attachment", List.of("gateway=envoy-gateway", "features={ratelimit,guard}",
                "services.ratelimit.name=limits-ratelimit", "services.guard.name=prompt-guard", "targets[0].name=local", "targets[0].namespace=" + APPS))
                .forEach(EnvoyGatewayOnApiServerKubernetesTest::apply);
        started(EnvoyGateway.onApi("envoy-gateway-on-api", api.kubeconfig(api.adminToken()))).ready(side.listener("http"), GatewaySide.READY);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    private static Path config() throws Exception {
        Path config = Policies.routes("envoy-gateway-on-api");
        Policies.write(config, "TokenRateLimitPolicy", "calls",
                "timeout: 5s\nlimits: [{name: calls, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 24h, algorithm: FixedWindow}}]\n");
        Policies.write(config, "PromptGuardPolicy", "mail", "timeout: 5s\nrules: [{name: mail, action: Mask, pii: {entities: [EMAIL]}}]\n");
        return config;
    }

    /** Applies the Service of a feature's release and makes it lead to a process of this machine. */
    private static void release(String feature, String release, Path config, InetAddress address) {
        Replica replica = started(new Replica("on-api-" + feature, Member.of(feature).with(Map.of("GATEHOUSE_BIND", "0.0.0.0")), config));
        JsonNode service = new Helm(home, SERVICES).template("gatehouse-" + feature, release, List.of()).stream()
                .filter(object -> object.path("kind").asText().equals("Service")).findFirst().orElseThrow();
        apply(service);
        String grpc = service.path("spec").path("ports").valueStream().filter(port -> port.path("port").asInt() == 9001).findFirst().orElseThrow().path("name").asText();
        String name = service.path("metadata").path("name").asText();
        apply(Yaml.documents("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s, namespace: %s, labels: {kubernetes.io/service-name: %s}}
                addressType: IPv4
                ports: [{name: %s, port: %d, protocol: TCP}]
                endpoints: [{addresses: ["%s"], conditions: {ready: true}}]
                """.formatted(name, SERVICES, name, grpc, replica.grpcPort(), address.getHostAddress())).getFirst());
    }

    private static void apply(JsonNode object) {
        api.tryApply(object, "").orThrow();
        STARTED.push(() -> api.admin().delete(api.path(object)).orThrow());
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.push(part);
        return part;
    }

    /** An address of this machine that an EndpointSlice may hold: not the loopback's. */
    private static InetAddress address() throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress()).findFirst();
        assumeTrue(address.isPresent(), "the machine has no IPv4 address but the loopback's");
        return address.orElseThrow();
    }

    @Test
    void envoyGatewayAcceptsTheAttachment() {
        JsonNode status = api.admin().get("/apis/gateway.envoyproxy.io/v1alpha1/namespaces/" + APPS + "/envoyextensionpolicies/attachment-gateway-local").orThrow()
                .path("status").path("ancestors").path(0).path("conditions");
        assertThat(status.valueStream().map(condition -> condition.path("type").asText() + "=" + condition.path("status").asText() + " " + condition.path("message").asText()))
                .containsExactly("Accepted=True Policy has been accepted.");
    }

    @Test
    void bothFeaturesOfTheTwoReleasesAreInTheWayInTheirOrder() throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> first = ask(id, "team");
        assertThat(first.statusCode()).isEqualTo(200);
        Backend.Received received = backend.received(id).orElseThrow();
        assertThat(received.headers().get("X-test-path")).containsExactly("ratelimit,guard");
        assertThat(received.text()).contains("Write to [EMAIL_1]");
        assertThat(ask(Client.newTestId(), "team").statusCode()).isEqualTo(429);
    }

    private static HttpResponse<String> ask(String id, String team) throws Exception {
        return Client.send(Client.chat(side.listener("http"), id, Client.prompt("Write to ada@example.org")).header("x-team", team));
    }
}
