package dev.gatehouse.kubernetes;

import dev.gatehouse.kubernetes.watch.ObjectText;
import dev.gatehouse.kubernetes.watch.SavedObjects;
import dev.gatehouse.kubernetes.watch.Watch;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.source.Shelf;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The objects of one kind: as the API server has them, and as they were read. Not thread-safe. */
final class Objects<T> {

    private final Watch watch;
    private final String kind;
    private final Function<GenericKubernetesResource, String> text;
    private final Shelf<T> shelf;
    private Map<String, String> versions = Map.of();
    private List<GenericKubernetesResource> present = List.of();

    Objects(Watch watch, String kind, Function<GenericKubernetesResource, String> text, Function<Document, T> reader) {
        this.watch = watch;
        this.kind = kind;
        this.text = text;
        this.shelf = new Shelf<>(reader);
    }

    Watch watch() {
        return watch;
    }

    Shelf<T> shelf() {
        return shelf;
    }

    /** Reads the objects that have changed; whether there was one whose text has. */
    boolean refresh() {
        Map<String, String> now = new HashMap<>();
        boolean changed = false;
        present = watch.objects();
        for (GenericKubernetesResource object : present) {
            String name = ObjectText.name(object);
            String version = object.getMetadata().getUid() + "/" + object.getMetadata().getResourceVersion();
            now.put(name, version);
            if (!version.equals(versions.get(name))) {
                changed |= shelf.put(name, text.apply(object));
            }
        }
        changed |= shelf.retain(now.keySet());
        versions = now;
        return changed;
    }

    /** {@code namespace/name} of all that the API server had when it was read last. */
    Set<String> names() {
        return versions.keySet();
    }

    /** Takes what was saved by an earlier process. */
    void load(SavedObjects saved, ObjectText parser) {
        saved.read(kind).forEach(line -> shelf.put(ObjectText.name(parser.parse(line)), line));
    }

    boolean isSaved(SavedObjects saved) {
        return saved.has(kind);
    }

    void save(SavedObjects saved) {
        saved.write(kind, shelf.texts());
    }

    /** The objects that were read last, as the API server has them; none while only saved ones are known. */
    List<GenericKubernetesResource> present() {
        return present;
    }
}
