package dev.gatehouse.testbed.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the server has an object, asked of its discovery once for each API version. */
final class Paths {

    private record Resource(String plural, boolean namespaced) {}

    private final Api api;
    private final Map<String, Resource> known = new ConcurrentHashMap<>();

    Paths(Api api) {
        this.api = api;
    }

    String of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return collection(object) + "/" + metadata.path("name").asText();
    }

    /** @throws IllegalStateException for a kind that the server does not have */
    String collection(JsonNode object) {
        String version = object.path("apiVersion").asText();
        Resource resource = resource(version, object.path("kind").asText());
        String namespace = object.path("metadata").path("namespace").asText("default");
        return root(version) + (resource.namespaced() ? "/namespaces/" + namespace : "") + "/" + resource.plural();
    }

    private Resource resource(String version, String kind) {
        String key = version + "/" + kind;
        if (!known.containsKey(key)) {
            discover(version);
        }
        Resource resource = known.get(key);
        if (resource == null) {
            throw new IllegalStateException("the server has no " + key);
        }
        return resource;
    }

    private void discover(String version) {
        for (JsonNode each : api.get(root(version)).body().path("resources")) {
            if (!each.path("name").asText().contains("/")) {
                known.put(version + "/" + each.path("kind").asText(), new Resource(each.path("name").asText(), each.path("namespaced").asBoolean()));
            }
        }
    }

    private static String root(String version) {
        return (version.contains("/") ? "/apis/" : "/api/") + version;
    }
}
