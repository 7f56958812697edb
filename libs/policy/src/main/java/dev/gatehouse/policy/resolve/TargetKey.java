package dev.gatehouse.policy.resolve;

import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.TargetRef;

/** A target with its namespace; section is empty for the whole object. */
record TargetKey(String kind, String namespace, String name, String section) {

    /** Stands for any listener of a Gateway, where the host does not say which one took the request. */
    static final String ANY_LISTENER = "*";

    static final TargetKey ANY = new TargetKey(TargetRef.Kind.Gateway.name(), "", TargetRef.ANY, "");

    static TargetKey of(Policy policy, TargetRef ref) {
        return ref.isAny() ? ANY : new TargetKey(ref.kind().name(), policy.metadata().namespace(), ref.name(), ref.sectionName().orElse(""));
    }

    TargetKey anyListener() {
        return new TargetKey(kind, namespace, name, ANY_LISTENER);
    }

    boolean isListener() {
        return kind.equals(TargetRef.Kind.Gateway.name()) && !section.isEmpty();
    }
}
