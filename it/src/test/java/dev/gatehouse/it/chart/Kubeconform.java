package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program {@code kubeconform} with the schemas that an API server publishes, those of its CRDs included. They are closed first: a field
 * that a schema does not name is a fault.
 *
 * @param api     whose schemas
 * @param schemas folder for them
 */
record Kubeconform(KubernetesApi api, Path schemas) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it says of these objects; empty when all are valid. */
    String faults(List<JsonNode> objects) throws IOException, InterruptedException {
        Path all = Files.createTempFile(schemas, "objects", ".json");
        Files.writeString(all, JSON.writeValueAsString(JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List").set("items", JSON.valueToTree(objects))));
        for (JsonNode object : objects) {
            write(object.path("apiVersion").asText(), object.path("kind").asText());
        }
        Process program = new ProcessBuilder(Binaries.kubeconform().toString(), "-output", "text",
                "-schema-location", schemas + "/{{.Group}}/{{.ResourceAPIVersion}}/{{.ResourceKind}}.json", all.toString()).redirectErrorStream(true).start();
        String output = new String(program.getInputStream().readAllBytes());
        return program.waitFor() == 0 ? "" : output;
    }

    private void write(String version, String kind) throws IOException {
        String[] parts = version.split("/");
        Path folder = schemas.resolve(parts[0]).resolve(parts[parts.length - 1]);
        Path file = folder.resolve(kind.toLowerCase() + ".json");
        if (Files.exists(file)) {
            return;
        }
        JsonNode published = api.admin().get("/openapi/v3/" + (parts.length > 1 ? "apis/" : "api/") + version).orThrow();
        ObjectNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/" + name(published, kind).orElseThrow());
        schema.set("components", published.path("components").deepCopy());
        close(schema);
        Files.createDirectories(folder);
        Files.writeString(file, JSON.writeValueAsString(schema));
    }

    private static Optional<String> name(JsonNode published, String kind) {
        return published.path("components").path("schemas").propertyStream()
                .filter(each -> each.getValue().path("x-kubernetes-group-version-kind").valueStream().anyMatch(is -> is.path("kind").asText().equals(kind)))
                .filter(each -> each.getKey().endsWith("." + kind)).map(Map.Entry::getKey).findFirst();
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject() && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.valueStream().forEach(Kubeconform::close);
    }
}
