package dev.gatehouse.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.Api;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guard with the variables of the chart's Deployment, under the ServiceAccount and the rights that the chart makes: they are enough, and no more. */
class RightsKubernetesTest {

    private static final String NAMESPACE = "rights";
    private static final String OTHER = "rights-other";
    private static final String ACCOUNT = "system:serviceaccount:" + NAMESPACE + ":gw-guard";
    private static final String EVERYWHERE = "system:serviceaccount:" + NAMESPACE + ":all-guard";
    private static final String TELLING = "system:serviceaccount:" + NAMESPACE + ":telling-guard";
    private static final String POLICY = "/apis/gatehouse.dev/v1alpha1/namespaces/" + NAMESPACE + "/promptguardpolicies/models";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path home;

    private static KubernetesApi api;
    private static List<JsonNode> objects;

    @BeforeAll
    static void start() {
        Binaries.helm();
        api = KubernetesApi.require();
        Stream.of(NAMESPACE, OTHER).forEach(api::namespace);
        Helm helm = new Helm(home, NAMESPACE);
        objects = helm.template("gatehouse-guard", "gw", List.of("policies.watchNamespaces={" + NAMESPACE + "}"));
        Stream.of(objects, helm.template("gatehouse-guard", "all", List.of()), helm.template("gatehouse-guard", "telling", List.of("policies.affectedConditions=true")))
                .flatMap(List::stream)
                .filter(object -> object.path("kind").asText().matches("(Cluster)?Role(Binding)?|ServiceAccount|Service"))
                .forEach(object -> api.tryApply(object, "").orThrow());
    }

    /** Informers, the Lease, the status and what the replicas say all work with the rights that there are. */
    @Test
    void theRightsAreEnoughForAPolicyToBeProgrammed() throws Exception {
        int management = Ports.free();
        try (Program guard = Program.start("rights-guard", List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-jar",
                Path.of("..", "services", "guard", "target", "quarkus-app", "quarkus-run.jar").toString()), environment(management))) {
            guard.ready(URI.create("http://127.0.0.1:" + management + "/q/health/ready"), Duration.ofSeconds(90));
            api.apply(ROUTE_AND_POLICY);
            Await.until("the policy is accepted", () -> isTrue("Accepted"));
            assertThat(isTrue("Programmed")).as("no replica is known yet").isFalse();
            api.apply(slice(management));
            Await.until("the policy is programmed", () -> isTrue("Programmed"));
            assertThat(Files.readString(guard.log())).doesNotContain("orbidden");
            assertThat(api.admin().get("/apis/coordination.k8s.io/v1/namespaces/" + NAMESPACE + "/leases/gw-guard").isOk()).isTrue();
        }
    }

    private static final String ROUTE_AND_POLICY = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: rights},
             spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: models, namespace: rights},
             spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: models, port: 80}]}]}}
            ---
            {apiVersion: gatehouse.dev/v1alpha1, kind: PromptGuardPolicy, metadata: {name: models, namespace: rights},
             spec: {targetRefs: [{kind: HTTPRoute, name: models}], rules: [{name: no-injection, action: Block, signatures: {}}]}}
            """;

    /** Who, verb, group, resource, namespace, and whether it may. */
    @ParameterizedTest
    @CsvSource({
        "all, list,   gatehouse.dev,             promptguardpolicies,        '',           true",
        "all, patch,  gatehouse.dev,             promptguardpolicies/status, rights-other, true",
        "all, watch,  gateway.networking.k8s.io, referencegrants,            '',           true",
        "all, get,    gatehouse.dev,             promptguardpolicies,        rights,       false",
        "all, update, gatehouse.dev,             promptguardpolicies,        rights-other, false",
        "all, patch,  gatehouse.dev,             promptguardpolicies,        rights-other, false",
        "all, list,   gatehouse.dev,             responseriskpolicies,       '',           false",
        "all, patch,  gateway.networking.k8s.io, httproutes,                 rights-other, false",
        "all, patch,  gateway.networking.k8s.io, httproutes/status,          rights-other, false",
        "all, patch,  gateway.networking.k8s.io, gateways/status,            rights-other, false",
        "telling, patch,  gateway.networking.k8s.io, httproutes/status,      rights-other, true",
        "telling, patch,  gateway.networking.k8s.io, gateways/status,        rights-other, true",
        "telling, update, gateway.networking.k8s.io, gateways/status,        rights-other, false",
        "telling, patch,  gateway.networking.k8s.io, gateways,               rights-other, false",
        "all, get,    '',                        secrets,                    rights,       false",
        "all, list,   '',                        pods,                       rights,       false",
        "all, get,    '',                        configmaps,                 rights,       false",
        "all, list,   discovery.k8s.io,          endpointslices,             rights-other, false",
        "all, create, coordination.k8s.io,       leases,                     rights-other, false",
        "all, get,    discovery.k8s.io,          endpointslices,             rights,       false",
        "all, delete, coordination.k8s.io,       leases,                     rights,       false",
        "gw,  list,   gatehouse.dev,             promptguardpolicies,        rights,       true",
        "gw,  list,   gatehouse.dev,             promptguardpolicies,        rights-other, false",
        "gw,  list,   gatehouse.dev,             promptguardpolicies,        '',           false",
        "gw,  list,   gateway.networking.k8s.io, httproutes,                 rights-other, false"})
    void nobodyMayMore(String release, String verb, String group, String resource, String namespace, boolean allowed) {
        String[] parts = resource.split("/");
        Map<String, String> attributes = new HashMap<>(Map.of("verb", verb, "group", group, "resource", parts[0], "namespace", namespace));
        attributes.put("subresource", parts.length > 1 ? parts[1] : "");
        JsonNode review = JSON.valueToTree(Map.of("apiVersion", "authorization.k8s.io/v1", "kind", "SubjectAccessReview",
                "spec", Map.of("user", Map.of("all", EVERYWHERE, "gw", ACCOUNT, "telling", TELLING).get(release), "resourceAttributes", attributes)));
        Api.Answer answer = api.admin().create("/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
        assertThat(answer.orThrow().path("status").path("allowed").asBoolean()).isEqualTo(allowed);
    }

    private static boolean isTrue(String condition) {
        return api.admin().get(POLICY).body().path("status").path("ancestors").valueStream()
                .flatMap(ancestor -> ancestor.path("conditions").valueStream())
                .anyMatch(each -> each.path("type").asText().equals(condition) && each.path("status").asText().equals("True"));
    }

    /** What the Deployment sets, with this machine's ports and folders in place of the pod's. */
    private static Map<String, String> environment(int management) throws IOException {
        JsonNode deployment = objects.stream().filter(object -> Rendered.isOf(object, "Deployment")).findFirst().orElseThrow();
        Map<String, String> all = Rendered.variables(deployment).collect(Collectors.toMap(each -> each.path("name").asText(), RightsKubernetesTest::value));
        all.putAll(Map.of(
                "GATEHOUSE_GRPC_PORT", String.valueOf(Ports.free()),
                "GATEHOUSE_HTTP_PORT", String.valueOf(Ports.free()),
                "GATEHOUSE_MANAGEMENT_PORT", String.valueOf(management),
                "GATEHOUSE_HASH_KEY_FILE", Files.writeString(home.resolve("hash-key"), "a key of the tests only").toString(),
                "GATEHOUSE_KUBERNETES_SNAPSHOT", Files.createDirectories(home.resolve("snapshot")).toString(),
                "GATEHOUSE_DRAIN_DELAY", "0S",
                "KUBECONFIG", api.kubeconfig(api.serviceAccount(NAMESPACE, "gw-guard")).toString()));
        return all;
    }

    private static String value(JsonNode variable) {
        return switch (variable.path("valueFrom").path("fieldRef").path("fieldPath").asText()) {
            case "metadata.namespace" -> NAMESPACE;
            case "metadata.name" -> "gw-guard-0";
            default -> variable.path("value").asText();
        };
    }

    /** As the control plane would write it for the one pod. The API refuses addresses of the loopback interface. */
    private static String slice(int management) throws IOException {
        return """
                {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: gw-guard-1, namespace: rights,
                 labels: {kubernetes.io/service-name: gw-guard}}, addressType: IPv4, endpoints: [{addresses: ["%s"], conditions: {ready: true}}],
                 ports: [{name: management, port: %d, protocol: TCP}]}
                """.formatted(address().getHostAddress(), management);
    }

    private static InetAddress address() throws IOException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst().orElseThrow(() -> new IllegalStateException("this machine has no IPv4 address beside the loopback's"));
    }
}
