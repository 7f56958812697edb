package dev.gatehouse.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A document that is refused.
 *
 * @param field   what the message must name
 * @param because what of it a schema cannot know; empty where the API server must refuse it too
 */
record WrongDocument(String kind, String field, String because, JsonNode object) {

    /** Those of the files {@code wrong/KIND.yaml}. */
    static List<WrongDocument> all() throws IOException {
        List<WrongDocument> all = new ArrayList<>();
        for (Definition definition : Definition.ALL) {
            JsonNode file = Yaml.documents(text("/wrong/" + definition.kind() + ".yaml")).getFirst();
            file.path("cases").forEach(each -> all.add(new WrongDocument(definition.kind(), each.path("field").asText(), each.path("because").asText(),
                    Example.policy(definition.kind(), merged(file.path("spec"), each.path("spec"))))));
        }
        return all;
    }

    boolean isForTheReader() {
        return !because.isEmpty();
    }

    boolean names(String message) {
        return message.contains(field);
    }

    @Override
    public String toString() {
        return kind + " " + object.path("spec") + " (" + field + ")";
    }

    /** RFC 7386, of which lists are replaced. */
    private static JsonNode merged(JsonNode base, JsonNode patch) {
        if (!patch.isObject() || !base.isObject()) {
            return patch;
        }
        ObjectNode result = base.deepCopy();
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else {
                result.set(member.getKey(), merged(result.path(member.getKey()), member.getValue()));
            }
        });
        return result;
    }

    private static String text(String resource) throws IOException {
        try (InputStream file = WrongDocument.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
