package dev.gatehouse.kubernetes.status;

import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.status.StatusCalculation;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A policy of a kind that acts on an object. */
record Acting(String kind, StatusCalculation.Affected on) {

    private static final int MAX_NAMES = 10;

    /** The type of the condition that GEP-713 wants on what policies of a kind act on. */
    static String condition(String kind) {
        return PolicyKind.GROUP + "/" + kind + "Affected";
    }

    /** One condition for each kind, by the kinds' names. */
    static List<Said> said(List<Acting> acting) {
        TreeMap<String, List<Acting>> byKind = acting.stream().collect(Collectors.groupingBy(Acting::kind, TreeMap::new, Collectors.toList()));
        return byKind.entrySet().stream().map(kind -> new Said(condition(kind.getKey()), true, "Accepted", names(kind.getKey(), kind.getValue()))).toList();
    }

    private static String names(String kind, List<Acting> acting) {
        List<String> names = acting.stream().map(one -> one.on().policy()).distinct().sorted().toList();
        String first = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return kind + " " + first + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }
}
