package dev.gatehouse.policy;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * What a policy applies to (GEP-713, {@code LocalPolicyTargetReferenceWithSectionName}): an object in the policy's own namespace.
 * A Gateway named {@code *} stands for every request, also one whose route is not known; it exists for folders of documents on a
 * machine without Kubernetes, and there is no such thing in the CRDs.
 *
 * @param group       API group; by default that of the kind
 * @param kind        what it is
 * @param name        its name
 * @param sectionName a Gateway's listener or an HTTPRoute's named rule; the other kinds have none
 */
@ValidationRule(value = TargetRef.GROUP_OF_KIND, fieldPath = ".group", message = "must be the kind's API group")
@ValidationRule(value = "!has(self.sectionName) || self.kind in ['Gateway', 'HTTPRoute']", fieldPath = ".sectionName",
        message = "is only for a named Gateway (a listener) and for HTTPRoute (a named rule)")
public record TargetRef(
        @Size(max = 253) String group, @Required Kind kind, @Required @Size(min = 1, max = 253) @Pattern(Names.SUBDOMAIN_PATTERN) String name,
        @Size(min = 1, max = 253) Optional<String> sectionName) {

    static final String GROUP_OF_KIND = "!has(self.group) || self.group == {'Gateway': 'gateway.networking.k8s.io', "
            + "'HTTPRoute': 'gateway.networking.k8s.io', 'Service': '', 'ServiceImport': 'multicluster.x-k8s.io', "
            + "'InferencePool': 'inference.networking.k8s.io', 'InferencePoolImport': 'inference.networking.x-k8s.io', 'XBackend': 'gateway.networking.x-k8s.io'}[self.kind]";

    /** Name of the Gateway that stands for every request. */
    public static final String ANY = "*";

    /** Kinds of targets, with their API group. */
    public enum Kind {
        Gateway("gateway.networking.k8s.io"),
        HTTPRoute("gateway.networking.k8s.io"),
        Service(""),
        ServiceImport("multicluster.x-k8s.io"),
        InferencePool("inference.networking.k8s.io"),
        InferencePoolImport("inference.networking.x-k8s.io"),
        XBackend("gateway.networking.x-k8s.io");

        private final String group;

        Kind(String group) {
            this.group = group;
        }

        public String group() {
            return group;
        }

        boolean hasSections() {
            return this == Gateway || this == HTTPRoute;
        }
    }

    public TargetRef {
        InvalidField.required("kind", kind);
        InvalidField.required("name", name);
        group = group == null ? kind.group() : group;
        InvalidField.check(group.equals(kind.group()), "group", "of " + kind + " must be \"" + kind.group() + "\", is \"" + group + "\"");
        boolean any = name.equals(ANY) && kind == Kind.Gateway;
        InvalidField.check(any || Names.isSubdomain(name), "name", Names.SUBDOMAIN_RULE);
        InvalidField.check(sectionName.isEmpty() || kind.hasSections() && !any, "sectionName",
                "is only for a named Gateway (a listener) and for HTTPRoute (a named rule)");
    }

    public static TargetRef of(Kind kind, String name) {
        return new TargetRef(kind.group(), kind, name, Optional.empty());
    }

    /** Whether it stands for every request. */
    public boolean isAny() {
        return kind == Kind.Gateway && name.equals(ANY);
    }

    /** {@code Kind/name} or {@code Kind/name/section}. */
    @Override
    public String toString() {
        return kind + "/" + name + sectionName.map(section -> "/" + section).orElse("");
    }
}
