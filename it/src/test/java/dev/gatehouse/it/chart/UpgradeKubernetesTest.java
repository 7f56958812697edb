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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release over its life in a real API server: installed from an older chart, upgraded, rolled back, uninstalled. */
class UpgradeKubernetesTest {

    private static final String NAMESPACE = "upgrade";
    private static final String CORE = "/api/v1/namespaces/" + NAMESPACE;
    private static final String POLICY = "/apis/gatehouse.dev/v1alpha1/namespaces/" + NAMESPACE + "/promptguardpolicies/kept";
    private static final String GUARD = "/apis/apps/v1/namespaces/" + NAMESPACE + "/deployments/gw-guard";
    private static final String CRD = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/promptguardpolicies.gatehouse.dev";
    private static final List<String> VALUES = List.of("guard.enabled=true,guard.vault.enabled=true,global.gatehouse.redis.trial.enabled=true");

    @TempDir
    static Path home;

    private static Api api;
    private static Helm helm;

    @BeforeAll
    static void start() throws IOException {
        Binaries.helm();
        KubernetesApi server = KubernetesApi.require();
        api = server.admin();
        helm = new Helm(home, NAMESPACE);
        Files.copy(server.kubeconfig(server.adminToken()), home.resolve("kubeconfig"));
        server.namespace(NAMESPACE);
    }

    @Test
    void policiesAndSecretsOutliveAnUpgradeAndPoliciesAnUninstall() {
        helm.must(List.of("package", Helm.chart("gatehouse").toString(), "--version", "0.0.1", "--destination", home.toString()));
        release("install", home.resolve("gatehouse-0.0.1.tgz"), "--take-ownership");
        String policy = api.create(POLICY.replace("/kept", ""), policy()).orThrow().path("metadata").path("uid").asText();
        List<JsonNode> secrets = secrets();
        assertThat(chartOfTheCrd()).isEqualTo("gw");

        release("upgrade", Helm.chart("gatehouse"), "--set", "guard.replicas=3,ratelimit.enabled=true");
        assertThat(api.get(POLICY).orThrow().path("metadata").path("uid").asText()).isEqualTo(policy);
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(replicas()).isEqualTo(3);

        helm.must(List.of("rollback", "gw", "1", "--namespace", NAMESPACE));
        assertThat(replicas()).isEqualTo(2);
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(api.get(GUARD.replace("guard", "ratelimit")).status()).isEqualTo(404);

        helm.must(List.of("uninstall", "gw", "--namespace", NAMESPACE));
        assertThat(api.get(GUARD).status()).isEqualTo(404);
        assertThat(api.get(POLICY).orThrow().path("metadata").path("uid").asText()).isEqualTo(policy);
    }

    private static void release(String how, Path chart, String... more) {
        List<String> arguments = Stream.concat(Stream.of(how, "gw", chart.toString(), "--namespace", NAMESPACE), Stream.of(more)).toList();
        helm.must(Helm.withSets(arguments, VALUES));
    }

    private static List<JsonNode> secrets() {
        return Stream.of("gw-hash-key", "gw-redis", "gw-guard-sealing-keys")
                .map(name -> api.get(CORE + "/secrets/" + name).orThrow().path("data")).toList();
    }

    private static int replicas() {
        return api.get(GUARD).orThrow().path("spec").path("replicas").asInt();
    }

    private static String chartOfTheCrd() {
        return api.get(CRD).orThrow().path("metadata").path("annotations").path("meta.helm.sh/release-name").asText();
    }

    private static JsonNode policy() {
        return Yaml.documents("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: kept}
                spec:
                  targetRefs: [{kind: HTTPRoute, name: models}]
                  rules: [{name: no-injection, action: Block, signatures: {}}]
                """).getFirst();
    }
}
