package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program {@code helm}, on the charts of this repository.
 *
 * @param home      where it keeps what it keeps
 * @param namespace of the releases
 */
public record Helm(Path home, String namespace) {

    private static final Path CHARTS = KubernetesApi.repository().resolve("helm");

    /** @param output of both streams, without its remarks on links */
    public record Run(int code, String output) {}

    public static Path chart(String name) {
        return CHARTS.resolve(name);
    }

    /** Every chart's folder. */
    static List<Path> charts() {
        try (Stream<Path> folders = Files.list(CHARTS)) {
            return folders.filter(folder -> Files.exists(folder.resolve("Chart.yaml")) && Files.exists(folder.resolve("templates"))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of a chart with these values. @param sets as of {@code --set} */
    public List<JsonNode> template(String chart, String release, List<String> sets) {
        Run run = tryTemplate(chart, release, sets);
        if (run.code() != 0) {
            throw new IllegalStateException(run.output());
        }
        return Yaml.documents(run.output());
    }

    public Run tryTemplate(String chart, String release, List<String> sets) {
        return run(withSets(List.of("template", release, chart(chart).toString(), "--namespace", namespace), sets));
    }

    /** @throws IllegalStateException with what it said when it fails */
    void must(List<String> arguments) {
        Run run = run(arguments);
        if (run.code() != 0) {
            throw new IllegalStateException(run.output());
        }
    }

    public static List<String> withSets(List<String> arguments, List<String> sets) {
        return Stream.concat(arguments.stream(), sets.stream().flatMap(set -> Stream.of("--set", set))).toList();
    }

    public Run run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Binaries.helm().toString()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile(home, "helm", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("HOME", home.toString());
            builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("helm took longer than 120 s: " + arguments);
            }
            return new Run(process.exitValue(), withoutRemarks(Files.readString(output)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String withoutRemarks(String output) {
        return String.join("\n", output.lines().filter(line -> !line.contains("found symbolic link in path")).toList());
    }
}
