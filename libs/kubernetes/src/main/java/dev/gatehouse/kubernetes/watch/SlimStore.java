package dev.gatehouse.kubernetes.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps objects without what only the API server and kubectl need: managed fields and the last applied document, often the larger part. */
final class SlimStore implements ItemStore<GenericKubernetesResource> {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final boolean bare;
    private final Map<String, GenericKubernetesResource> objects = new ConcurrentHashMap<>();

    /** @param bare whether only names and versions are kept */
    SlimStore(boolean bare) {
        this.bare = bare;
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        if (bare) {
            object.setAdditionalProperties(new HashMap<>());
        }
        ObjectMeta meta = object.getMetadata();
        meta.setManagedFields(List.of());
        if (meta.getAnnotations() != null && meta.getAnnotations().containsKey(LAST_APPLIED)) {
            meta.getAnnotations().remove(LAST_APPLIED);
        }
        return objects.put(key, object);
    }

    @Override
    public GenericKubernetesResource remove(String key) {
        return objects.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return objects.values().stream();
    }

    @Override
    public int size() {
        return objects.size();
    }

    @Override
    public GenericKubernetesResource get(String key) {
        return objects.get(key);
    }
}
