package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the attachment chart renders for each host: taken by a real API server where it has the host's CRDs, in the order of the chain everywhere. */
class AttachmentChartKubernetesTest {

    private static final String CHART = "gatehouse-attachment";
    private static final String ALL = "features={ratelimit,guard,cache,semantic-router,response-risk}";
    private static final String TARGET = "targets[0].name=models";
    private static final String NAMESPACE = "attachment";

    @TempDir
    private static Path home;

    private static KubernetesApi api;
    private static Helm helm;

    @BeforeAll
    static void start() throws IOException {
        Binaries.helm();
        api = KubernetesApi.require();
        api.install(Yaml.folder(Binaries.envoyGatewayCrds()));
        api.install(Istiod.crds());
        Files.copy(api.kubeconfig(api.adminToken()), home.resolve("kubeconfig"));
        helm = new Helm(home, NAMESPACE);
        Stream.of(NAMESPACE, "apps", "gatehouse").forEach(api::namespace);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "gateway=envoy-gateway," + ALL + "," + TARGET,
        "gateway=envoy-gateway," + ALL + "," + TARGET + ",targets[0].sectionName=http,targets[1].kind=HTTPRoute,targets[1].name=chat,targets[1].namespace=apps",
        "gateway=envoy-gateway," + ALL + "," + TARGET + ",targets[0].namespace=apps,servicesNamespace=gatehouse,tls.enabled=true,tls.caConfigMap=ca",
        "gateway=envoy-gateway,features={guard,cache}," + TARGET + ",services.guard.protocol=ExtAuthzGRPC,services.cache.bodyMode=Buffered",
        "gateway=envoy-gateway,features={guard}," + TARGET + ",services.guard.protocol=ExtAuthzHTTP,services.guard.failureMode=FailOpen",
        "gateway=envoy-gateway,features={ratelimit,guard}," + TARGET + ",services.ratelimit.protocol=RateLimit,envoyGateway.envoyProxy.create=true,"
                + "envoyGateway.rateLimitRules[0].limit.requests=5,envoyGateway.rateLimitRules[0].limit.unit=Minute",
        "gateway=istio," + ALL + "," + TARGET + ",targets[1].name=other,targets[1].namespace=apps",
        "gateway=istio,features={ratelimit,guard}," + TARGET + ",services.ratelimit.protocol=ExtAuthzGRPC,services.guard.response=false",
        "gateway=istio,features={guard}," + TARGET + ",services.guard.protocol=ExtAuthzHTTP",
        "gateway=external-auth,features={guard},servicesNamespace=gatehouse,externalAuth.routes[0].name=chat,externalAuth.routes[0].namespace=apps,"
                + "externalAuth.routes[0].spec.parentRefs[0].name=models,externalAuth.routes[0].spec.rules[0].backendRefs[0].name=m,"
                + "externalAuth.routes[0].spec.rules[0].backendRefs[0].port=80",
        "gateway=external-auth,features={ratelimit},externalAuth.protocol=HTTP,externalAuth.routes[0].name=chat,"
                + "externalAuth.routes[0].spec.parentRefs[0].name=models,externalAuth.routes[0].spec.rules[0].backendRefs[0].name=m,"
                + "externalAuth.routes[0].spec.rules[0].backendRefs[0].port=80"})
    void theApiServerTakesTheObjectsOfEnvoyGatewayIstioAndGatewayApi(String values) {
        List<JsonNode> objects = helm.template(CHART, "gw", List.of(values));
        assertThat(objects).isNotEmpty().allSatisfy(object -> assertThat(api.tryApply(object, "?dryRun=All").message()).as(object.toString()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "gateway=kgateway," + ALL + "," + TARGET,
        "gateway=kgateway,features={guard}," + TARGET + ",targets[0].kind=HTTPRoute,targets[0].sectionName=chat,services.guard.response=false",
        "gateway=kgateway,features={guard,cache}," + TARGET + ",services.guard.protocol=ExtAuthzGRPC,services.cache.bodyMode=Buffered",
        "gateway=kgateway,features={guard}," + TARGET + ",services.guard.protocol=ExtAuthzHTTP",
        "gateway=agentgateway,features={guard,response-risk}," + TARGET + ",targets[0].sectionName=http",
        "gateway=agentgateway,features={guard}," + TARGET + ",targets[0].kind=HTTPRoute,services.guard.bodyMode=BufferedPartial,services.guard.response=false",
        "gateway=gke,features={ratelimit,guard,response-risk}," + TARGET,
        "gateway=gke,features={guard}," + TARGET + ",services.guard.bodyMode=Streamed,services.guard.response=false"})
    void objectsOfHostsWithoutACrdHereHaveNoFieldThatTheirTypesLack(String values) throws IOException {
        HostFields fields = HostFields.of(values.split("[=,]")[1]);
        assertThat(helm.template(CHART, "gw", List.of(values))).isNotEmpty().allSatisfy(object -> assertThat(fields.faults(object)).as(object.toString()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            envoy-gateway | ratelimit,guard,cache,semantic-router,response-risk
            istio         | ratelimit,guard,cache,semantic-router,response-risk
            kgateway      | ratelimit,guard,cache,semantic-router,response-risk
            agentgateway  | guard,response-risk
            gke           | ratelimit,guard,response-risk
            """)
    void theServicesAreNamedInTheOrderOfTheChain(String gateway, String features) {
        List<JsonNode> objects = helm.template(CHART, "gw", List.of("gateway=" + gateway, "features={" + features + "}", TARGET));
        assertThat(objects.stream().flatMap(AttachmentChartKubernetesTest::services)).containsExactly(
                Stream.of(features.split(",")).map(feature -> "gw-" + feature).toArray(String[]::new));
    }

    /** The services that an object calls, in its order. */
    private static Stream<String> services(JsonNode object) {
        Stream<String> references = object.findValues("backendRef").stream().map(reference -> reference.path("name").asText());
        Stream<String> lists = object.findValues("backendRefs").stream().map(list -> list.path(0).path("name").asText());
        Stream<String> clusters = object.findValues("cluster_name").stream().map(name -> name.asText().split("\\|")[3].split("\\.")[0]);
        return Stream.of(references, lists, clusters).flatMap(names -> names);
    }

    /** kgateway puts its filters in the order of their weight, whatever the order of the objects. */
    @Test
    void kgatewaysWeightsFallAlongTheChain() {
        List<JsonNode> objects = helm.template(CHART, "gw", List.of("gateway=kgateway", ALL, TARGET));
        assertThat(objects.stream().filter(object -> object.path("kind").asText().equals("GatewayExtension"))
                .map(object -> object.path("metadata").path("annotations").path("kgateway.dev/policy-weight").asInt())).containsExactly(100, 90, 80, 70, 60);
    }

    @Test
    void nothingIsAttachedWhereNothingIsSaid() {
        assertThat(helm.template(CHART, "gw", List.of())).isEmpty();
    }

    /** In each line: values, what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gateway=envoy-gateway,targets[0].name=m                                              | features: name at least one
            gateway=envoy-gateway,features={guard}                                               | targets: name at least one
            gateway=envoy-gateway,features={guard,ratelimit},targets[0].name=m                   | the order is the design, write [ratelimit, guard]
            gateway=envoy-gateway,features={guards},targets[0].name=m                            | /features/0
            gateway=envoi,features={guard},targets[0].name=m                                     | /gateway
            gateway=envoy-gateway,features={guard},targets[0].name=m,targets[1].name=m           | is named twice
            gateway=envoy-gateway,features={guard},targets[0].nam=m                              | nam
            gateway=envoy-gateway,features={ratelimit,guard},targets[0].name=m,services.guard.protocol=ExtAuthzGRPC | only the first feature can have it, which is ratelimit
            gateway=envoy-gateway,features={guard},targets[0].name=m,services.guard.protocol=RateLimit | /services/guard/protocol
            gateway=envoy-gateway,features={ratelimit},targets[0].name=m,services.ratelimit.protocol=RateLimit | envoyGateway.rateLimitRules
            gateway=istio,features={guard},targets[0].name=m,tls.enabled=true,tls.caConfigMap=ca | tls.enabled: is not rendered for istio
            gateway=envoy-gateway,features={guard},targets[0].name=m,tls.enabled=true            | tls.caConfigMap
            gateway=istio,features={ratelimit},targets[0].name=m,services.ratelimit.protocol=RateLimit | rendered for envoy-gateway alone
            gateway=istio,features={guard},targets[0].name=m,targets[0].kind=HTTPRoute           | istio attaches to Gateways alone
            gateway=gke,features={ratelimit,guard,cache,response-risk},targets[0].name=m         | at most three extensions
            gateway=gke,features={guard},targets[0].name=m,targets[0].namespace=other            | must be in one namespace
            gateway=agentgateway,features={ratelimit,guard,cache},targets[0].name=m              | at most two features
            gateway=agentgateway,features={ratelimit,guard},targets[0].name=m,targets[0].kind=HTTPRoute | cannot be attached to HTTPRoute m
            gateway=external-auth,features={ratelimit,guard}                                     | one feature
            gateway=external-auth,features={guard}                                               | externalAuth.routes
            """)
    void whatAHostCannotCarryIsRefusedWithTheReason(String values, String reason) {
        Helm.Run run = helm.tryTemplate(CHART, "gw", List.of(values));
        assertThat(run.code()).as(run.output()).isNotZero();
        assertThat(run.output()).contains(reason);
    }

    @Test
    void theStrictestPolicyOfTheClusterDecidesWhatADeadServiceMeans() {
        List<String> cache = List.of("gateway=envoy-gateway", "features={cache}", TARGET, "services.cache.bodyMode=Buffered");
        assertThat(failsOpen(cache)).as("no policy: the feature's default").isTrue();
        api.apply(policy("relaxed", "FailOpen"));
        api.apply(policy("strict", "FailClosed"));
        assertThat(failsOpen(cache)).as("one that fails closed").isFalse();
        api.admin().delete("/apis/gatehouse.dev/v1alpha1/namespaces/" + NAMESPACE + "/semanticcachepolicies/strict").orThrow();
        assertThat(failsOpen(cache)).as("only those that fail open").isTrue();
        assertThat(failsOpen(Stream.concat(cache.stream(), Stream.of("services.cache.failureMode=FailClosed")).toList())).as("what is said").isFalse();
        api.admin().delete("/apis/gatehouse.dev/v1alpha1/namespaces/" + NAMESPACE + "/semanticcachepolicies/relaxed").orThrow();
    }

    private static String policy(String name, String failureMode) {
        return """
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticCachePolicy
                metadata: {name: %s, namespace: %s}
                spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: models}], failureMode: %s}
                """.formatted(name, NAMESPACE, failureMode);
    }

    /** As an installation renders it, which looks into the cluster. */
    private static boolean failsOpen(List<String> values) {
        List<String> command = List.of("template", "gw", Helm.chart(CHART).toString(), "--namespace", NAMESPACE, "--dry-run=server");
        Helm.Run run = helm.run(Helm.withSets(command, values));
        assertThat(run.code()).as(run.output()).isZero();
        return Yaml.documents(run.output()).getFirst().findValue("failOpen").asBoolean();
    }
}
