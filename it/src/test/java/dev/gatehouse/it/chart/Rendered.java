package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at what a chart rendered. */
final class Rendered {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rendered() {}

    /** {@code Kind/namespace/name}, the namespace empty for what has none. */
    static String id(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return object.path("kind").asText() + "/" + metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
    }

    static String component(JsonNode object) {
        return object.path("metadata").path("labels").path("app.kubernetes.io/component").asText();
    }

    static boolean isOf(JsonNode object, String kind) {
        return object.path("kind").asText().equals(kind);
    }

    /** The pod that a Deployment or StatefulSet makes. */
    static Optional<JsonNode> pod(JsonNode object) {
        JsonNode template = object.path("spec").path("template");
        if (template.isMissingNode()) {
            return Optional.empty();
        }
        ObjectNode pod = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.set("metadata", template.path("metadata").deepCopy());
        pod.withObject("/metadata").put("name", object.path("metadata").path("name").asText());
        pod.set("spec", template.path("spec").deepCopy());
        object.path("spec").path("volumeClaimTemplates").forEach(claim -> pod.withArray("/spec/volumes").addObject()
                .put("name", claim.path("metadata").path("name").asText()).putObject("emptyDir"));
        return Optional.of(pod);
    }

    /** The variables of the only container of a Deployment. */
    static Stream<JsonNode> variables(JsonNode deployment) {
        return deployment.path("spec").path("template").path("spec").path("containers").path(0).path("env").valueStream();
    }

    /** The values of one of them. */
    static Stream<String> variable(JsonNode deployment, String name) {
        return variables(deployment)
                .filter(each -> each.path("name").asText().equals(name)).map(each -> each.path("value").asText());
    }
}
