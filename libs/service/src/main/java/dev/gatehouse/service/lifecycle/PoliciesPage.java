package dev.gatehouse.service.lifecycle;

import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.status.PolicyStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;

/** The page {@code GET /v1/policies}: what this replica runs of each policy, as {@link PolicyStatus} says. */
record PoliciesPage(List<Shown> sources) {

    /** The policies of one kind. */
    record Shown(String kind, PolicySource<?, ?> source) {}

    void mount(Router management) {
        management.get("/v1/policies").handler(context -> context.response()
                .putHeader("content-type", "application/json").end(page().toBuffer()));
    }

    private JsonArray page() {
        JsonArray page = new JsonArray();
        sources.forEach(shown -> add(shown.kind(), shown.source().current(), page));
        return page;
    }

    private static <P extends Policy, C> void add(String kind, Snapshot<P, C> snapshot, JsonArray page) {
        PolicyStatus.of(snapshot).forEach(status -> page.add(json(kind, status)));
    }

    private static JsonObject json(String kind, PolicyStatus status) {
        int slash = status.qualifiedName().indexOf('/');
        JsonObject json = new JsonObject().put("kind", kind).put("namespace", status.qualifiedName().substring(0, slash))
                .put("name", status.qualifiedName().substring(slash + 1));
        status.uid().ifPresent(uid -> json.put("uid", uid));
        status.observedGeneration().ifPresent(generation -> json.put("generation", generation));
        return json.put("state", status.accepted().reason().name()).put("programmed", status.programmed().status())
                .put("message", status.accepted().message());
    }
}
