package dev.gatehouse.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in {@code deploy} is built by kubectl and taken by a real API server. */
class ExamplesKubernetesTest {

    private static final Path DEPLOY = KubernetesApi.repository().resolve("deploy");

    @TempDir
    static Path home;

    private static KubernetesApi api;
    private static Helm helm;

    @BeforeAll
    static void start() throws IOException {
        Binaries.kubectl();
        api = KubernetesApi.require();
        FurtherCrds.install(api);
        helm = new Helm(home, "gatehouse");
        Files.copy(api.kubeconfig(api.adminToken()), home.resolve("kubeconfig"));
        Stream.of("gatehouse", "models", "egress").forEach(api::namespace);
    }

    static Stream<Path> kustomizations() throws IOException {
        return folders("examples", "kustomization.yaml");
    }

    static Stream<Path> values() throws IOException {
        return folders("examples", "values.yaml");
    }

    static Stream<Path> bases() throws IOException {
        return folders("kustomize", "kustomization.yaml");
    }

    private static Stream<Path> folders(String of, String file) throws IOException {
        try (Stream<Path> all = Files.list(DEPLOY.resolve(of))) {
            return all.filter(folder -> Files.exists(folder.resolve(file))).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource({"kustomizations", "bases"})
    void theApiServerTakesIt(Path folder) {
        List<JsonNode> objects = Yaml.documents(kustomized(folder));
        assertThat(objects).isNotEmpty();
        objects.forEach(object -> assertThat(api.tryApply(object, "?dryRun=All").message()).as(Rendered.id(object)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("values")
    void theValuesOfAnExampleAreTaken(Path folder) {
        Helm.Run run = helm.run(List.of("template", "gatehouse", Helm.chart("gatehouse").toString(), "--namespace", "gatehouse",
                "--values", folder.resolve("values.yaml").toString()));
        assertThat(run.code()).as(run.output()).isZero();
        Yaml.documents(run.output()).forEach(object -> assertThat(api.tryApply(object, "?dryRun=All").message()).as(Rendered.id(object)).isEmpty());
    }

    @Test
    void aBaseIsWhatItsChartRenders() throws Exception {
        Path rendered = Files.createDirectories(home.resolve("rendered"));
        Process render = new ProcessBuilder(DEPLOY.resolve("kustomize").resolve("render").toString(), rendered.toString()).inheritIO().start();
        assertThat(render.waitFor()).isZero();
        List<Path> bases = bases().toList();
        assertThat(bases).hasSize(5);
        for (Path base : bases) {
            String file = base.getFileName() + "/" + base.getFileName() + ".yaml";
            assertThat(Files.readString(base.getParent().resolve(file))).as("run deploy/kustomize/render").isEqualTo(Files.readString(rendered.resolve(file)));
        }
    }

    private static String kustomized(Path folder) {
        try {
            Process kubectl = new ProcessBuilder(Binaries.kubectl().toString(), "kustomize", folder.toString())
                    .redirectError(home.resolve("kubectl.txt").toFile()).start();
            String output = new String(kubectl.getInputStream().readAllBytes());
            assertThat(kubectl.waitFor()).as(Files.readString(home.resolve("kubectl.txt"))).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
