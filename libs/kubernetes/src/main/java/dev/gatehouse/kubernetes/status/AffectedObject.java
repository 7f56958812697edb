package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectText;
import dev.gatehouse.policy.route.HttpRoute;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Gateway or an HTTPRoute as the API server has it, and the policies that act on it.
 *
 * @param acting those whose conditions are ours to write; none where there is nothing to say
 */
record AffectedObject(GenericKubernetesResource object, List<Acting> acting) {

    private static final String CONDITIONS = "conditions";
    private static final String CONTROLLER = "controllerName";
    private static final String PARENT = "parentRef";

    static String key(GenericKubernetesResource object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    long generation() {
        return Optional.ofNullable(object.getMetadata().getGeneration()).orElse(0L);
    }

    /** A Gateway's conditions, all controllers'. */
    List<Map<?, ?>> conditions() {
        return ObjectText.maps(status().get(CONDITIONS)).toList();
    }

    /** A Gateway's conditions of these kinds of policies. */
    List<Map<?, ?>> conditions(Set<String> kinds) {
        Set<String> types = kinds.stream().map(Acting::condition).collect(Collectors.toSet());
        return conditions().stream().filter(condition -> types.contains(condition.get("type"))).toList();
    }

    /** The conditions that a Gateway should have of ours. */
    List<Map<String, Object>> wanted(Instant now) {
        return conditions(acting, conditions(), now);
    }

    /** An HTTPRoute's list of what all controllers say of its parents. */
    List<?> parents() {
        return status().get("parents") instanceof List<?> parents ? parents : List.of();
    }

    /** That list as it should be: the entries of others as they are, and one of ours for each parent by which policies act on the route. */
    List<Object> wantedParents(String controllerName, Instant now) {
        List<Object> wanted = new ArrayList<>(parents().stream().filter(entry -> !isOf(controllerName, entry)).toList());
        declaredParents().forEach(parent -> entry(parent, controllerName, now).ifPresent(wanted::add));
        return wanted;
    }

    private Optional<Map<String, Object>> entry(Map<?, ?> parent, String controllerName, Instant now) {
        List<Acting> here = acting.stream().filter(one -> one.on().parent().filter(taking -> isThis(taking, parent)).isPresent()).toList();
        if (here.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(PARENT, parent);
        entry.put(CONTROLLER, controllerName);
        entry.put(CONDITIONS, conditions(here, said(parent, controllerName), now));
        return Optional.of(entry);
    }

    /** The conditions of ours that stand there for a parent. */
    private Object said(Map<?, ?> parent, String controllerName) {
        return ObjectText.maps(parents()).filter(entry -> isOf(controllerName, entry) && parent.equals(entry.get(PARENT))).findFirst()
                .<Object>map(entry -> entry.get(CONDITIONS)).orElse(List.of());
    }

    private static boolean isOf(String controllerName, Object entry) {
        return entry instanceof Map<?, ?> fields && controllerName.equals(fields.get(CONTROLLER));
    }

    private List<Map<String, Object>> conditions(List<Acting> policies, Object present, Instant now) {
        return Acting.said(policies).stream().map(said -> said.over(present, generation(), now)).toList();
    }

    private Map<?, ?> status() {
        return object.getAdditionalProperties().get("status") instanceof Map<?, ?> status ? status : Map.of();
    }

    private Stream<Map<?, ?>> declaredParents() {
        return object.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec ? ObjectText.maps(spec.get("parentRefs")) : Stream.empty();
    }

    /** The API server has set the defaults of what a route declares. */
    private static boolean isThis(HttpRoute.ParentRef taking, Map<?, ?> declared) {
        return taking.kind().equals(declared.get("kind")) && taking.name().equals(declared.get("name"))
                && Objects.equals(taking.namespace().orElse(null), declared.get("namespace"))
                && Objects.equals(taking.sectionName().orElse(null), declared.get("sectionName"));
    }
}
