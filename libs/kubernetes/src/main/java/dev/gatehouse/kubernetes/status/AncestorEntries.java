package dev.gatehouse.kubernetes.status;

import dev.gatehouse.policy.status.Ancestor;
import dev.gatehouse.policy.status.AncestorStatus;
import dev.gatehouse.policy.status.Condition;
import dev.gatehouse.policy.status.StatusCalculation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list {@code status.ancestors} as GEP-713 has it. Only entries of our controller are touched; a condition that says what it has
 * said keeps its time.
 *
 * @param controllerName of our entries
 */
record AncestorEntries(String controllerName) {

    private static final String CONTROLLER = "controllerName";
    private static final String ANCESTOR = "ancestorRef";
    private static final String CONDITIONS = "conditions";

    /**
     * The list as it should be; equal to the present one where nothing is to be written.
     *
     * @param present    as in the API server
     * @param generation of the object that the statuses are about
     */
    List<Object> merge(List<?> present, List<AncestorStatus> statuses, long generation, Instant now) {
        List<Object> merged = new ArrayList<>(others(present));
        int free = StatusCalculation.MAX_ANCESTORS - merged.size();
        statuses.stream().limit(Math.max(0, free)).forEach(status -> merged.add(entry(status, present, generation, now)));
        return merged;
    }

    /** The reason of the first Accepted condition of ours. */
    Optional<String> accepted(List<?> present) {
        return present.stream().filter(this::isOurs).flatMap(entry -> Said.in(conditions(entry), Condition.Type.Accepted.name()).stream())
                .map(condition -> String.valueOf(condition.get("reason"))).findFirst();
    }

    private List<?> others(List<?> present) {
        return present.stream().filter(entry -> !isOurs(entry)).toList();
    }

    private boolean isOurs(Object entry) {
        return entry instanceof Map<?, ?> fields && controllerName.equals(fields.get(CONTROLLER));
    }

    private static Object conditions(Object entry) {
        return entry instanceof Map<?, ?> fields ? fields.get(CONDITIONS) : List.of();
    }

    private Map<String, Object> entry(AncestorStatus status, List<?> present, long generation, Instant now) {
        Map<String, Object> ancestor = reference(status.ancestor());
        Object before = present.stream().filter(this::isOurs).filter(entry -> ancestor.equals(((Map<?, ?>) entry).get(ANCESTOR))).findFirst()
                .map(AncestorEntries::conditions).orElse(List.of());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(ANCESTOR, ancestor);
        entry.put(CONTROLLER, controllerName);
        entry.put(CONDITIONS, List.of(condition(status.accepted(), before, generation, now), condition(status.programmed(), before, generation, now)));
        return entry;
    }

    private static Map<String, Object> reference(Ancestor ancestor) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("group", ancestor.group());
        reference.put("kind", ancestor.kind());
        reference.put("namespace", ancestor.namespace());
        reference.put("name", ancestor.name());
        ancestor.sectionName().ifPresent(section -> reference.put("sectionName", section));
        return reference;
    }

    private static Map<String, Object> condition(Condition condition, Object before, long generation, Instant now) {
        return new Said(condition.type().name(), condition.status(), condition.reason().name(), condition.message()).over(before, generation, now);
    }
}
