package dev.gatehouse.kubernetes.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** The object with its status, for those that are read for it too. */
    public String withStatus(GenericKubernetesResource object) {
        return json.asJson(document(object));
    }

    /** The object of a text that {@link #of} or {@link #withStatus} has made. */
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
