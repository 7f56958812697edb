package dev.gatehouse.kubernetes.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects as the text of a document: what a user could have written in a file, and what the API server adds that a policy has
 * (UID, generation, creation time).
 */
public final class ObjectText {

    private static final String STATUS = "status";

    private final KubernetesSerialization json;

    public ObjectText(KubernetesSerialization json) {
        this.json = json;
    }

    /** {@code namespace/name}. */
    public static String name(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    /** The object without its status. */
    public String of(GenericKubernetesResource object) {
        Map<String, Object> document = document(object);
        document.remove(STATUS);
        return json.asJson(document);
    }

    /**
     * The object with what gateways say of its parents, that and no more of its status: whether they have taken it. All else that is
     * written there changes nothing for those who read it.
     */
    public String withAcceptance(GenericKubernetesResource object) {
        Map<String, Object> document = document(object);
        document.put(STATUS, Map.of("parents", parents(document.remove(STATUS)).map(ObjectText::acceptance).flatMap(Optional::stream).toList()));
        return json.asJson(document);
    }

    private static Optional<Map<String, Object>> acceptance(Map<?, ?> parent) {
        List<Map<String, Object>> words = maps(parent.get("conditions")).filter(word -> "Accepted".equals(word.get("type"))).map(ObjectText::word).toList();
        return words.isEmpty() ? Optional.empty() : Optional.of(Map.of("parentRef", parent.get("parentRef"), "conditions", words));
    }

    private static Map<String, Object> word(Map<?, ?> condition) {
        Map<String, Object> word = new LinkedHashMap<>();
        Stream.of("type", "status", "reason").forEach(field -> word.put(field, condition.get(field)));
        return word;
    }

    private static Stream<Map<?, ?>> parents(Object status) {
        return status instanceof Map<?, ?> fields ? maps(fields.get("parents")) : Stream.empty();
    }

    /** The objects of a list; none of what is no list. */
    public static Stream<Map<?, ?>> maps(Object list) {
        return list instanceof List<?> items ? items.stream().filter(Map.class::isInstance).map(item -> (Map<?, ?>) item) : Stream.empty();
    }

    /** The object of a text that {@link #of} or {@link #withAcceptance} has made. */
    public GenericKubernetesResource parse(String text) {
        return json.unmarshal(text, GenericKubernetesResource.class);
    }

    private static Map<String, Object> document(GenericKubernetesResource object) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", object.getApiVersion());
        document.put("kind", object.getKind());
        document.put("metadata", metadata(object.getMetadata()));
        document.putAll(object.getAdditionalProperties());
        return document;
    }

    private static Map<String, Object> metadata(ObjectMeta meta) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", meta.getName());
        metadata.put("namespace", meta.getNamespace());
        metadata.put("uid", meta.getUid());
        metadata.put("creationTimestamp", meta.getCreationTimestamp());
        metadata.put("generation", meta.getGeneration());
        metadata.put("labels", meta.getLabels());
        metadata.put("annotations", meta.getAnnotations());
        return metadata;
    }
}
