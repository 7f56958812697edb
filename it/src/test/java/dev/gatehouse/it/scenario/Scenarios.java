package dev.gatehouse.it.scenario;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scenarios of a service, and the policies and routes that they need: a host name each.
 *
 * @param kind of the policies that scenarios give
 */
public record Scenarios(String kind, List<Scenario> all) {

    /** Scenarios are about what is decided; on a busy machine the default of 200 ms would make some about time. */
    private static final String PATIENT = "5s";
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Reads the scenarios of a module under {@code services}. */
    public static Scenarios of(String service, String kind) {
        return read(kind, Path.of("..", "services", service, "src", "test", "resources", "scenarios"));
    }

    private static Scenarios read(String kind, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Scenario> all = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                all.addAll(List.of(YAML.readValue(file.toFile(), Scenario[].class)));
            }
            return new Scenarios(kind, List.copyOf(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host(Scenario scenario) {
        return "s" + all.indexOf(scenario) + ".test";
    }

    /** Writes a policy and an HTTPRoute for each scenario. */
    public void writeConfig(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            documents.append(route(i));
            documents.append(policy(i));
        }
        Files.writeString(folder.resolve("scenarios.yaml"), documents);
    }

    private String route(int i) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: s%d}
                spec:
                  parentRefs: [{name: local}]
                  hostnames: [s%d.test]
                """.formatted(i, i);
    }

    private String policy(int i) throws IOException {
        if (all.get(i).given() == null) {
            return "";
        }
        ObjectNode policy = YAML.createObjectNode().put("apiVersion", "gatehouse.dev/v1alpha1").put("kind", kind);
        policy.putObject("metadata").put("name", "s" + i);
        ObjectNode spec = all.get(i).given().deepCopy();
        if (!spec.has("timeout")) {
            spec.put("timeout", PATIENT);
        }
        spec.putArray("targetRefs").addObject().put("group", "gateway.networking.k8s.io").put("kind", "HTTPRoute").put("name", "s" + i);
        policy.set("spec", spec);
        return YAML.writeValueAsString(policy);
    }
}
