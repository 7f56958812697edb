package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A condition as it is to stand in a status ({@code metav1.Condition}). */
record Said(String type, boolean holds, String reason, String message) {

    /**
     * As the API server has it. A condition that says what it has said keeps its time.
     *
     * @param present    the conditions that stand there now
     * @param generation of the object that this is about
     */
    Map<String, Object> over(Object present, long generation, Instant now) {
        String status = holds ? "True" : "False";
        Optional<? extends Map<?, ?>> last = in(present, type);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type);
        fields.put("status", status);
        fields.put("observedGeneration", number(last.map(known -> known.get("observedGeneration")), generation));
        fields.put("lastTransitionTime", last.filter(known -> status.equals(known.get("status"))).map(known -> known.get("lastTransitionTime"))
                .<Object>map(Object::toString).orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString()));
        fields.put("reason", reason);
        fields.put("message", message);
        return fields;
    }

    /** The number that stands there where it is the same: the client reads some as Integer and some as Long, which are never equal. */
    private static Object number(Optional<?> present, long wanted) {
        return present.filter(known -> known instanceof Number number && number.longValue() == wanted).<Object>map(known -> known).orElse(wanted);
    }

    /** The one of that type in a list of conditions. */
    static Optional<? extends Map<?, ?>> in(Object conditions, String type) {
        return ObjectText.maps(conditions).filter(known -> type.equals(known.get("type"))).findFirst();
    }
}
