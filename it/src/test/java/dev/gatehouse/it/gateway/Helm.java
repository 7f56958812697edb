package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Helm makes of the project's charts. */
final class Helm {

    private Helm() {}

    /** The program that {@code GATEHOUSE_HELM} names, if it is set. */
    static Optional<String> binary() {
        return Optional.ofNullable(System.getenv("GATEHOUSE_HELM")).filter(path -> !path.isBlank());
    }

    /**
     * The chart of that name in the namespace {@code default}, as YAML.
     *
     * @throws IllegalStateException with what Helm says, where it refuses the values
     */
    static String template(String release, String chart, JsonNode values) {
        try {
            Path file = Files.createDirectories(Path.of("target", "it-logs")).resolve(release + "-values.json");
            Files.writeString(file, values.toString());
            Process helm = new ProcessBuilder(List.of(binary().orElseThrow(), "template", release, "../helm/" + chart, "--namespace", "default",
                    "--values", file.toString())).redirectError(ProcessBuilder.Redirect.to(file.resolveSibling(release + "-helm.log").toFile())).start();
            String rendered = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (helm.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(file.resolveSibling(release + "-helm.log")));
            }
            return rendered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
