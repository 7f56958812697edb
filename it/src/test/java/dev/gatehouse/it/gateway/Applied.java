package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A test's objects in an API server. Closing it takes them away, the last first. */
final class Applied implements AutoCloseable {

    private final KubernetesApi api;
    private final Deque<JsonNode> objects = new ArrayDeque<>();

    Applied(KubernetesApi api) {
        this.api = api;
    }

    void all(List<JsonNode> more) {
        more.forEach(this::one);
    }

    void one(JsonNode object) {
        api.tryApply(object, "").orThrow();
        objects.push(object);
    }

    /** Those that are there already. */
    void take(List<JsonNode> present) {
        present.forEach(objects::push);
    }

    @Override
    public void close() {
        while (!objects.isEmpty()) {
            api.remove(objects.pop());
        }
    }
}
