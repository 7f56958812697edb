package dev.gatehouse.policy;

import dev.gatehouse.policy.document.InvalidField;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes' ObjectMeta, as far as policies and routes need it.
 *
 * @param name              DNS subdomain (RFC 1123), at most 253 characters
 * @param namespace         DNS label; {@code default} when absent
 * @param uid               unique in space and time; files rarely have one
 * @param creationTimestamp RFC 3339; an object without one counts as younger than any with one
 */
public record ObjectMeta(
        String name, String namespace, Optional<String> uid, Optional<Instant> creationTimestamp, Map<String, String> labels,
        Map<String, String> annotations, Optional<Long> generation) {

    public ObjectMeta {
        InvalidField.required("name", name);
        InvalidField.check(Names.isSubdomain(name), "name", Names.SUBDOMAIN_RULE);
        namespace = namespace == null ? "default" : namespace;
        InvalidField.check(Names.isLabel(namespace), "namespace", Names.LABEL_RULE);
        InvalidField.check(uid.filter(text -> text.indexOf('{') >= 0 || text.indexOf('}') >= 0).isEmpty(), "uid", "must not hold braces");
    }

    /** {@code namespace/name}. */
    public String qualifiedName() {
        return namespace + "/" + name;
    }
}
