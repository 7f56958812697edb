package dev.gatehouse.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.testbed.kubernetes.Api;
import dev.gatehouse.testbed.kubernetes.Asked;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every service with the variables of its chart's Deployment, under the ServiceAccount and the rights that the chart makes: they are enough,
 * and each of them is used.
 */
class RightsKubernetesTest {

    private static final String NAMESPACE = "rights";
    private static final String APPS = "rights-apps";
    private static final String OTHER = "rights-other";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGETS = "targetRefs: [{kind: Gateway, name: gw}, {kind: HTTPRoute, name: models}], ";

    /** The services with the kinds that are theirs, and a policy's spec for each. */
    private static final Map<String, Map<String, String>> SPECS = Map.of(
            "guard", Map.of("PromptGuardPolicy", TARGETS + "rules: [{name: no-injection, action: Block, signatures: {}}]"),
            "ratelimit", Map.of(
                    "TokenRateLimitPolicy", TARGETS + "limits: [{name: calls, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 24h}}]",
                    "TokenRateLimitOverride", "policy: models, overrides: [{limit: calls, values: [research], amount: 1000}]"),
            "cache", Map.of("SemanticCachePolicy", TARGETS + "identity: {principal: [{header: {name: x-user, setBy: {name: gw}}}]}"),
            "semantic-router", Map.of("SemanticRoutingPolicy",
                    "targetRefs: [{kind: Gateway, name: gw}], routes: [{name: code, examples: [Sort a list in Java], target: {model: coder}}]"),
            "response-risk", Map.of("ResponseRiskPolicy", TARGETS + "rules: [{name: cards, action: Mask, pii: {entities: [CREDIT_CARD]}}]"));

    private static final String GATEWAY_AND_ROUTE = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: rights-apps},
             spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: models, namespace: rights-apps},
             spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: models, port: 80}]}]}}
            """;

    @TempDir
    static Path home;

    private static final Map<String, Release> RELEASES = new HashMap<>();
    private static final Map<String, Replica> PODS = new HashMap<>();
    private static KubernetesApi api;

    @BeforeAll
    static void start() throws IOException {
        Binaries.helm();
        api = KubernetesApi.require();
        Stream.of(NAMESPACE, APPS, OTHER).forEach(api::namespace);
        Helm helm = new Helm(home, NAMESPACE);
        Release.install(api, helm, "guard", "all", List.of());
        Release.install(api, helm, "guard", "telling", List.of("policies.affectedConditions=true", "policies.watchBackends=true"));
        for (String feature : SPECS.keySet()) {
            Release release = Release.install(api, helm, feature, "gw", List.of("policies.watchNamespaces={" + APPS + "}", "policies.affectedConditions=true"));
            RELEASES.put(feature, release);
            PODS.put(feature, new Replica("rights-" + feature, release.pod(release.name() + "-0"), home));
        }
        api.apply(GATEWAY_AND_ROUTE);
        SPECS.values().forEach(kinds -> kinds.forEach((kind, spec) -> Stream.of("models", "younger").forEach(name -> api.apply(policy(kind, name, spec)))));
        for (String feature : SPECS.keySet()) {
            RELEASES.get(feature).ready(PODS.get(feature).ready());
        }
    }

    @AfterAll
    static void stop() {
        PODS.values().forEach(pod -> pod.program().terminate());
        PODS.values().forEach(Replica::close);
    }

    private static String policy(String kind, String name, String spec) {
        return "{apiVersion: gatehouse.dev/v1alpha1, kind: " + kind + ", metadata: {name: " + name + ", namespace: " + APPS + "}, spec: {" + spec + "}}";
    }

    private static Stream<String> features() {
        return SPECS.keySet().stream().sorted();
    }

    /** Informers, the Lease, the status and what the replicas say all work with the rights that there are. */
    @ParameterizedTest
    @MethodSource("features")
    void theRightsAreEnoughForPoliciesToBeProgrammed(String feature) throws Exception {
        for (String kind : SPECS.get(feature).keySet()) {
            Await.until("the " + kind + " is programmed", () -> isProgrammed(policy(kind, "models", "")));
        }
        assertThat(asked(feature)).filteredOn(request -> request.status() == 403).isEmpty();
        assertThat(Files.readString(PODS.get(feature).program().log())).doesNotContain("orbidden");
    }

    /** The API server's own record of what was asked of it, beside what the chart's Roles allow. */
    @ParameterizedTest
    @MethodSource("features")
    void everyRightIsUsed(String feature) throws Exception {
        List<Right> granted = RELEASES.get(feature).onServer().stream().filter(object -> object.path("kind").asText().matches("(Cluster)?Role")).flatMap(Right::of).toList();
        assertThat(granted).hasSizeGreaterThan(10);
        Await.until("every right is used, of " + granted, () -> unused(granted, feature).isEmpty());
    }

    private static List<Right> unused(List<Right> granted, String feature) {
        List<Asked> asked = asked(feature);
        return granted.stream().filter(right -> asked.stream().noneMatch(right::allows)).toList();
    }

    private static List<Asked> asked(String feature) {
        return api.asked(NAMESPACE, RELEASES.get(feature).name());
    }

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
        "telling, list,   '',                        services,               '',           true",
        "telling, watch,  inference.networking.x-k8s.io, inferencepoolimports, '',         true",
        "telling, get,    '',                        services,               rights,       false",
        "all, list,   '',                        services,                   '',           false",
        "all, get,    '',                        secrets,                    rights,       false",
        "all, list,   '',                        pods,                       rights,       false",
        "all, get,    '',                        configmaps,                 rights,       false",
        "all, list,   discovery.k8s.io,          endpointslices,             rights-other, false",
        "all, create, coordination.k8s.io,       leases,                     rights-other, false",
        "all, get,    discovery.k8s.io,          endpointslices,             rights,       false",
        "all, delete, coordination.k8s.io,       leases,                     rights,       false",
        "gw,  list,   gatehouse.dev,             promptguardpolicies,        rights-apps,  true",
        "gw,  list,   gatehouse.dev,             promptguardpolicies,        rights-other, false",
        "gw,  list,   gatehouse.dev,             promptguardpolicies,        '',           false",
        "gw,  list,   gateway.networking.k8s.io, httproutes,                 rights-other, false"})
    void nobodyMayMore(String release, String verb, String group, String resource, String namespace, boolean allowed) {
        String[] parts = resource.split("/");
        Map<String, String> attributes = new HashMap<>(Map.of("verb", verb, "group", group, "resource", parts[0], "namespace", namespace));
        attributes.put("subresource", parts.length > 1 ? parts[1] : "");
        JsonNode review = JSON.valueToTree(Map.of("apiVersion", "authorization.k8s.io/v1", "kind", "SubjectAccessReview",
                "spec", Map.of("user", "system:serviceaccount:" + NAMESPACE + ":" + release + "-guard", "resourceAttributes", attributes)));
        Api.Answer answer = api.admin().create("/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
        assertThat(answer.orThrow().path("status").path("allowed").asBoolean()).isEqualTo(allowed);
    }

    private static boolean isProgrammed(String policy) {
        return api.admin().get(api.path(Yaml.documents(policy).getFirst())).body().path("status").path("ancestors").valueStream()
                .flatMap(ancestor -> ancestor.path("conditions").valueStream())
                .anyMatch(each -> each.path("type").asText().equals("Programmed") && each.path("status").asText().equals("True"));
    }
}
