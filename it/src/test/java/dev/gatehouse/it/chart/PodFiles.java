package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kubelet would mount for a pod, below a folder in place of the pod's root. A folder that is empty at first outlives the pod's
 * processes, as an {@code emptyDir} does.
 *
 * @param root    the folder
 * @param spec    the pod's
 * @param objects where its Secrets are
 */
record PodFiles(Path root, JsonNode spec, List<JsonNode> objects) {

    /** Makes the folders and writes the Secrets' keys as files. */
    PodFiles mount() throws IOException {
        for (JsonNode mount : mounts().toList()) {
            Path folder = Files.createDirectories(here(mount));
            for (Map.Entry<String, byte[]> file : files(mount.path("name").asText()).entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
        }
        return this;
    }

    /** A path of the pod's where it is on this machine; any other text as it is. */
    String here(String value) {
        return mounts().filter(mount -> value.startsWith(mount.path("mountPath").asText())).findFirst().map(mount -> root + value).orElse(value);
    }

    private Path here(JsonNode mount) {
        return Path.of(root + mount.path("mountPath").asText());
    }

    private Stream<JsonNode> mounts() {
        return spec.path("containers").path(0).path("volumeMounts").valueStream();
    }

    private Map<String, byte[]> files(String volume) {
        JsonNode secret = named(spec.path("volumes").valueStream(), volume).path("secret");
        Map<String, String> paths = secret.path("items").valueStream().collect(Collectors.toMap(item -> item.path("key").asText(), item -> item.path("path").asText()));
        return secret(secret.path("secretName").asText()).filter(entry -> paths.isEmpty() || paths.containsKey(entry.getKey()))
                .collect(Collectors.toMap(entry -> paths.getOrDefault(entry.getKey(), entry.getKey()), entry -> binary(entry.getValue())));
    }

    private Stream<Map.Entry<String, JsonNode>> secret(String name) {
        return objects.stream().filter(object -> Rendered.isOf(object, "Secret") && object.path("metadata").path("name").asText().equals(name))
                .flatMap(object -> object.path("data").propertyStream());
    }

    private static JsonNode named(Stream<JsonNode> list, String name) {
        return list.filter(each -> each.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private static byte[] binary(JsonNode value) {
        try {
            return value.binaryValue();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
