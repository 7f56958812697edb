package dev.gatehouse.it.chart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.testbed.kubernetes.Asked;
import java.util.stream.Stream;

/**
 * One thing that a Role allows.
 *
 * @param namespace empty for all
 * @param resource  with its subresource
 * @param name      of the one object; empty for all
 */
record Right(String namespace, String verb, String group, String resource, String name) {

    /** All that a Role or ClusterRole allows. */
    static Stream<Right> of(JsonNode role) {
        String namespace = role.path("metadata").path("namespace").asText();
        return role.path("rules").valueStream().flatMap(rule -> texts(rule, "apiGroups").flatMap(group -> texts(rule, "resources")
                .flatMap(resource -> texts(rule, "verbs").flatMap(verb -> names(rule).map(name -> new Right(namespace, verb, group, resource, name))))));
    }

    private static Stream<String> names(JsonNode rule) {
        return rule.has("resourceNames") ? texts(rule, "resourceNames") : Stream.of("");
    }

    private static Stream<String> texts(JsonNode rule, String field) {
        return rule.path(field).valueStream().map(JsonNode::asText);
    }

    /** Whether this request needs it. */
    boolean allows(Asked request) {
        return (namespace.isEmpty() || namespace.equals(request.namespace())) && (name.isEmpty() || name.equals(request.name()))
                && verb.equals(request.verb()) && group.equals(request.group()) && resource.equals(request.resource());
    }
}
