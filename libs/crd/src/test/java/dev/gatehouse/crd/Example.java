package dev.gatehouse.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A policy that stands in the repository as an example. The Gateway {@code *}, which is for folders alone, is given a name.
 *
 * @param from where it stands
 */
record Example(String from, JsonNode object) {

    private static final Pattern CODE = Pattern.compile("(?ms)^```ya?ml\\n(.*?)^```");
    private static final Map<String, String> KIND_OF_SERVICE = Map.of("guard", "PromptGuardPolicy", "ratelimit", "TokenRateLimitPolicy",
            "cache", "SemanticCachePolicy", "response-risk", "ResponseRiskPolicy", "semantic-router", "SemanticRoutingPolicy");

    /** Of {@code deploy}, of the code in the documentation, and of the scenarios. */
    static List<Example> all() throws IOException {
        Path repository = KubernetesApi.repository();
        return Stream.of(inFiles(repository.resolve("deploy")), inPages(repository), inScenarios(repository.resolve("services")))
                .flatMap(each -> each).toList();
    }

    static ObjectNode policy(String kind, JsonNode spec) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("apiVersion", PolicyKind.API_VERSION).put("kind", kind);
        policy.putObject("metadata").put("name", "example").put("namespace", "default");
        policy.set("spec", spec);
        return policy;
    }

    private static Stream<Example> inFiles(Path folder) throws IOException {
        return files(folder, ".yaml").stream().flatMap(file -> policies(file, text(file)));
    }

    private static Stream<Example> inPages(Path repository) throws IOException {
        return Stream.concat(Stream.of(repository.resolve("README.md")), files(repository.resolve("docs"), ".md").stream())
                .flatMap(page -> CODE.matcher(text(page)).results().flatMap(code -> policies(page, code.group(1))));
    }

    private static Stream<Example> inScenarios(Path services) throws IOException {
        return files(services, ".yaml").stream().filter(file -> file.toString().contains("src/test/resources/scenarios"))
                .flatMap(file -> scenarios(file, KIND_OF_SERVICE.get(services.relativize(file).getName(0).toString())));
    }

    private static Stream<Example> scenarios(Path file, String kind) {
        return Yaml.documents(text(file)).stream().filter(scenario -> scenario.has("given")).map(scenario -> {
            ObjectNode spec = scenario.path("given").deepCopy();
            if (!spec.has("targetRefs")) {
                spec.putArray("targetRefs").addObject().put("kind", "HTTPRoute").put("name", "scenario");
            }
            return new Example(file.getFileName() + ": " + scenario.path("name").asText(), policy(kind, spec));
        });
    }

    private static Stream<Example> policies(Path file, String text) {
        if (!text.contains(PolicyKind.API_VERSION)) {
            return Stream.empty();
        }
        return Yaml.documents(text).stream().filter(document -> document.path("apiVersion").asText().equals(PolicyKind.API_VERSION))
                .map(document -> new Example(file.toString(), withNamedGateways(document)));
    }

    private static JsonNode withNamedGateways(JsonNode document) {
        document.path("spec").path("targetRefs").forEach(ref -> {
            if (ref.path("name").asText().equals("*")) {
                ((ObjectNode) ref).put("name", "main");
            }
        });
        return document;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending) && !file.toString().contains("/target/")).sorted().toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
