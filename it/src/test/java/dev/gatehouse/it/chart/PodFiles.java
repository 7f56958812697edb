package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kubelet would mount for a pod, below a folder in place of the pod's root. A folder that is empty at first outlives the pod's
 * processes, as an {@code emptyDir} does.
 *
 * @param root    the folder
 * @param spec    the pod's
 * @param secrets a Secret by its name
 */
record PodFiles(Path root, JsonNode spec, Function<String, JsonNode> secrets) {

    /** Makes the folders and writes the Secrets' keys as files, each in place of its older self at once. */
    PodFiles mount() throws IOException {
        for (JsonNode mount : mounts().toList()) {
            Path folder = Files.createDirectories(here(mount));
            for (Map.Entry<String, byte[]> file : files(mount.path("name").asText()).entrySet()) {
                Path whole = Files.write(folder.resolve("..new"), file.getValue());
                Files.move(whole, folder.resolve(file.getKey()), StandardCopyOption.ATOMIC_MOVE);
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
        JsonNode secret = spec.path("volumes").valueStream().filter(each -> each.path("name").asText().equals(volume)).findFirst().orElseThrow().path("secret");
        Map<String, String> paths = secret.path("items").valueStream().collect(Collectors.toMap(item -> item.path("key").asText(), item -> item.path("path").asText()));
        Stream<Map.Entry<String, JsonNode>> keys = secret.isMissingNode() ? Stream.of() : secrets.apply(secret.path("secretName").asText()).path("data").propertyStream();
        return keys.filter(key -> paths.isEmpty() || paths.containsKey(key.getKey()))
                .collect(Collectors.toMap(key -> paths.getOrDefault(key.getKey(), key.getKey()), key -> binary(key.getValue())));
    }

    private static byte[] binary(JsonNode value) {
        try {
            return value.binaryValue();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
