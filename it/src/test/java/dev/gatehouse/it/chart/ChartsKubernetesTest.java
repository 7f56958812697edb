package dev.gatehouse.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.Api;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the charts render is taken by a real API server, and wrong values are refused by their names. */
class ChartsKubernetesTest {

    private static final String NAMESPACE = "charts";
    private static final String ALL = "guard.enabled=true,ratelimit.enabled=true,semantic-router.enabled=true,cache.enabled=true,response-risk.enabled=true";
    private static final String G = "global.gatehouse.";

    /** Chart to values that together touch every branch of the templates. */
    private static final Map<String, List<List<String>>> MATRIX = matrix();

    @TempDir
    static Path home;

    private static KubernetesApi api;
    private static Helm helm;
    private static Kubeconform kubeconform;

    private static Map<String, List<List<String>>> matrix() {
        Map<String, List<List<String>>> matrix = new LinkedHashMap<>();
        matrix.put("gatehouse-guard", List.of(
                List.of(),
                List.of("autoscaling.enabled=true,autoscaling.inFlight=50", "redis.trial.enabled=true,redis.trial.storage=1Gi,vault.enabled=true",
                        "policies.watchNamespaces={a,b}", "spread.zones=hard,spread.hosts=hard", "service.annotations.a=b,podLabels.c=d"),
                List.of("policies.source=folder,policies.documents.p\\.yaml=kind: x", "redis.url=rediss://r:6380,redis.tlsSecret=t,redis.passwordSecret=p",
                        "networkPolicy.gateways[0].namespaceSelector.matchLabels.a=b,networkPolicy.egress[0].to[0].ipBlock.cidr=10.0.0.0/8",
                        "probes.liveness=grpc,probes.readiness=grpc", "security.platformUser=true,image.digest=sha256:" + "0".repeat(64),
                        "extraEnv[0].name=A,extraEnv[0].value=b,extraVolumes[0].name=v,extraVolumes[0].emptyDir.medium=Memory",
                        "extraVolumeMounts[0].name=v,extraVolumeMounts[0].mountPath=/v,imagePullSecrets={s},priorityClassName=system-cluster-critical",
                        "tolerations[0].key=k,nodeSelector.a=b,tracing.endpoint=http://c:4317,commonAnnotations.x=y")));
        matrix.put("gatehouse-ratelimit", List.of(
                List.of("redis.url=redis://a:1\\,redis://b:2,redis.cluster=true", "leases.share=0.05,leases.hot=10,counting.modelNames=a=b"),
                List.of("dropIn.enabled=true,dropIn.configMap=limits")));
        matrix.put("gatehouse-semantic-router", List.of(List.of("budgets.server=r:9001,budgets.tlsSecret=t,credentialsSecret=c,gainModel=/m/g")));
        matrix.put("gatehouse-cache", List.of(
                List.of("embedding.url=http://e/v1,embedding.dimensions=384,embedding.apiKeySecret=k,embedding.model=m"),
                List.of("cache.encrypt=false,redis.trial.enabled=true")));
        matrix.put("gatehouse-response-risk", List.of(List.of("credentialsSecret=c,hashKey.existingSecret=h")));
        matrix.put("gatehouse", List.of(
                List.of(),
                List.of(ALL, G + "redis.trial.enabled=true", G + "tls.certManager.issuer=ca," + G + "tls.clientAuth=true",
                        G + "monitoring.serviceMonitor.enabled=true," + G + "monitoring.prometheusRule.enabled=true," + G + "monitoring.dashboard.enabled=true"),
                List.of(ALL, "attachment.enabled=true,attachment.gateway=envoy-gateway,attachment.features={ratelimit,guard},attachment.targets[0].name=gw"),
                List.of(ALL, G + "tls.secret=tls," + G + "tls.clientAuth=true," + G + "tls.clientCaSecret=ca", G + "networkPolicy.enabled=false", G + "security.platformUser=true," + G + "redis.trial.enabled=true")));
        return matrix;
    }

    @BeforeAll
    static void start() throws IOException {
        Binaries.helm();
        api = KubernetesApi.require();
        Files.copy(api.kubeconfig(api.adminToken()), home.resolve("kubeconfig"));
        helm = new Helm(home, NAMESPACE);
        kubeconform = new Kubeconform(api, Files.createDirectories(home.resolve("schemas")));
        api.namespace(NAMESPACE);
        api.admin().merge("/api/v1/namespaces/" + NAMESPACE, "{\"metadata\": {\"labels\": {\"pod-security.kubernetes.io/enforce\": \"restricted\"}}}").orThrow();
        Stream.of("a", "b").forEach(api::namespace);
        FurtherCrds.install(api);
    }

    @Test
    void everyChartIsWithoutFault() {
        Set<String> faults = Helm.charts().stream().map(chart -> helm.run(List.of("lint", "--strict", chart.toString())))
                .filter(run -> run.code() != 0).map(Helm.Run::output).collect(Collectors.toSet());
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouse-guard", "gatehouse-ratelimit", "gatehouse-semantic-router", "gatehouse-cache", "gatehouse-response-risk", "gatehouse"})
    void theApiServerTakesWhatIsRenderedAndEveryPodPassesTheRestrictedProfile(String chart) throws Exception {
        for (List<String> values : MATRIX.get(chart)) {
            List<JsonNode> objects = helm.template(chart, "gw", values);
            assertThat(objects.stream().map(Rendered::id)).doesNotHaveDuplicates();
            objects.forEach(object ->
                    assertThat(api.tryApply(object, "?dryRun=All").message()).as("%s with %s", Rendered.id(object), values).isEmpty());
            assertThat(kubeconform.faults(objects)).as("%s with %s", chart, values).isEmpty();
            objects.stream().map(Rendered::pod).flatMap(Optional::stream)
                    .forEach(pod -> assertThat(admitted(pod).message()).as("%s with %s", Rendered.id(pod), values).isEmpty());
        }
    }

    @Test
    void kubeconformFindsAFieldThatIsNotThere() throws Exception {
        JsonNode wrong = Yaml.documents("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{name: a, port: 1, prot: TCP}]}}").getFirst();
        assertThat(kubeconform.faults(List.of(wrong))).contains("prot");
    }

    @Test
    void dashboardsAndAlertsAreWhole() throws Exception {
        List<JsonNode> objects = helm.template("gatehouse", "gw", List.of(ALL,
                G + "monitoring.prometheusRule.enabled=true," + G + "monitoring.dashboard.enabled=true"));
        List<JsonNode> boards = objects.stream().filter(object -> object.path("metadata").path("name").asText().endsWith("-dashboard"))
                .map(object -> object.path("data").elements().next()).toList();
        assertThat(boards).hasSize(5);
        for (JsonNode board : boards) {
            assertThat(Yaml.documents(board.asText()).getFirst().path("panels")).hasSizeGreaterThanOrEqualTo(8).allSatisfy(panel ->
                    assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target ->
                            assertThat(target.path("expr").asText()).contains("job=\"$job\",namespace=\"$namespace\"")));
        }
        assertThat(objects.stream().filter(object -> Rendered.isOf(object, "PrometheusRule")).flatMap(rule -> rule.findValues("expr").stream()))
                .hasSizeGreaterThan(20).allSatisfy(expr -> assertThat(expr.asText()).contains("namespace=\"charts\"").doesNotContain("$"));
    }

    @Test
    void theRestrictedProfileIsReallyAskedFor() {
        JsonNode pod = Yaml.documents("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}").getFirst();
        assertThat(admitted(pod).message()).contains("violates PodSecurity \"restricted");
    }

    private static Api.Answer admitted(JsonNode pod) {
        return api.admin().create("/api/v1/namespaces/" + NAMESPACE + "/pods?dryRun=All", pod);
    }

    @ParameterizedTest
    @ValueSource(strings = {"guard", "ratelimit", "semantic-router", "cache", "response-risk"})
    void oneFeatureRendersNothingOfAnother(String feature) {
        Set<String> alone = components(helm.template("gatehouse-" + feature, "gw", List.of()));
        Set<String> inTheUmbrella = components(helm.template("gatehouse", "gw", List.of(feature + ".enabled=true,crds.enabled=false")));
        assertThat(alone).containsExactly(feature);
        assertThat(inTheUmbrella).containsExactlyInAnyOrder(feature, "shared");
    }

    private static Set<String> components(List<JsonNode> objects) {
        return objects.stream().map(Rendered::component).collect(Collectors.toSet());
    }

    @Test
    void nothingEnabledIsNothingButCrds() {
        assertThat(helm.template("gatehouse", "gw", List.of())).allMatch(object -> Rendered.isOf(object, "CustomResourceDefinition"));
    }

    /** In each line: chart, values, what the refusal says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gatehouse-guard     | replica=3                                                        | replica
            gatehouse-guard     | replicas=many                                                    | /replicas
            gatehouse-guard     | drain.second=3                                                   | second
            gatehouse-guard     | service.grpcPort=70000                                           | /service/grpcPort
            gatehouse-guard     | spread.hosts=never                                               | /spread/hosts
            gatehouse-guard     | policies.source=git                                              | /policies/source
            gatehouse-guard     | image.digest=latest                                              | /image/digest
            gatehouse-guard     | leases.share=0.1                                                 | leases
            gatehouse-ratelimit | leases.share=0.7                                                 | /leases/share
            gatehouse-ratelimit | redis.urls=redis://x                                             | urls
            gatehouse-ratelimit | dropIn.enabled=true                                              | dropIn.configMap
            gatehouse-guard     | vault.enabled=true                                               | vault.enabled needs redis.url
            gatehouse-guard     | tls.secret=a,tls.certManager.issuer=b                            | exclude each other
            gatehouse-guard     | tls.clientAuth=true                                              | tls.clientAuth needs
            gatehouse-guard     | tls.secret=a,probes.liveness=grpc                                | speaks no TLS
            gatehouse-guard     | policies.source=folder                                           | policies.documents
            gatehouse-guard     | redis.url=redis://x:1,redis.trial.enabled=true                   | exclude each other
            gatehouse-guard     | autoscaling.enabled=true,autoscaling.cpuPercent=null             | autoscaling.cpuPercent
            gatehouse           | guard.enabled=true,guard.replica=3                               | replica
            gatehouse           | gard.enabled=true                                                | gard
            gatehouse           | global.gatehouse.redis.urls=x                                    | urls
            gatehouse           | guard.enabled=true,guard.redis.trial.enabled=true                | global.gatehouse.redis.trial.enabled
            """)
    void aWrongValueIsRefusedByItsName(String chart, String values, String named) {
        Helm.Run run = helm.tryTemplate(chart, "gw", List.of(values));
        assertThat(run.code()).as(run.output()).isNotZero();
        assertThat(run.output()).contains(named);
    }

    @Test
    void allFeaturesOfAReleaseShareHashKeyAndRedis() {
        List<JsonNode> objects = helm.template("gatehouse", "gw", List.of(ALL, G + "redis.trial.enabled=true"));
        List<JsonNode> services = objects.stream().filter(object -> Rendered.isOf(object, "Deployment")).toList();
        assertThat(services).hasSize(5).allSatisfy(service -> assertThat(service.toString()).contains("\"secretName\":\"gw-hash-key\""));
        assertThat(services.stream().flatMap(service -> Rendered.variable(service, "GATEHOUSE_REDIS_URL")))
                .containsOnly("redis://gw-redis:6379").hasSize(4);
        assertThat(objects.stream().map(Rendered::id)).containsOnlyOnce("Secret/charts/gw-hash-key", "StatefulSet/charts/gw-redis");
    }

    @Test
    void aFeaturesOwnValueWinsOverTheSharedOne() {
        List<JsonNode> objects = helm.template("gatehouse", "gw", List.of("guard.enabled=true,cache.enabled=true",
                G + "redis.url=redis://shared:1," + G + "redis.deadline=1s,cache.redis.url=redis://own:2", G + "logging.level=DEBUG,guard.logging.level=WARN"));
        Map<String, JsonNode> services = objects.stream().filter(object -> Rendered.isOf(object, "Deployment"))
                .collect(Collectors.toMap(Rendered::component, object -> object));
        assertThat(Rendered.variable(services.get("guard"), "GATEHOUSE_REDIS_URL")).containsExactly("redis://shared:1");
        assertThat(Rendered.variable(services.get("cache"), "GATEHOUSE_REDIS_URL")).containsExactly("redis://own:2");
        assertThat(Rendered.variable(services.get("cache"), "GATEHOUSE_REDIS_DEADLINE")).containsExactly("1s");
        assertThat(Rendered.variable(services.get("guard"), "GATEHOUSE_LOG_LEVEL")).containsExactly("WARN");
        assertThat(Rendered.variable(services.get("cache"), "GATEHOUSE_LOG_LEVEL")).containsExactly("DEBUG");
    }

    @Test
    void aVariableOfOnesOwnStandsInThePlaceOfTheCharts() {
        JsonNode deployment = helm.template("gatehouse-guard", "gw", List.of("extraEnv[0].name=GATEHOUSE_AUTHZ_PREFIX,extraEnv[0].value=/mine")).stream()
                .filter(object -> Rendered.isOf(object, "Deployment")).findFirst().orElseThrow();
        assertThat(Rendered.variable(deployment, "GATEHOUSE_AUTHZ_PREFIX")).containsExactly("/mine");
        assertThat(Rendered.variables(deployment)).allMatch(each -> each.path("value").isTextual() || each.has("valueFrom"));
    }

    @Test
    void aPodMayTakeAsLongToEndAsItsDrain() {
        JsonNode deployment = helm.template("gatehouse-guard", "gw", List.of("drain.seconds=600,drain.delaySeconds=20")).stream()
                .filter(object -> Rendered.isOf(object, "Deployment")).findFirst().orElseThrow();
        assertThat(Rendered.variable(deployment, "GATEHOUSE_DRAIN")).containsExactly("600s");
        assertThat(deployment.path("spec").path("template").path("spec").path("terminationGracePeriodSeconds").asInt()).isGreaterThan(620);
    }
}
