package dev.gatehouse.policy.route;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.document.InvalidField;
import java.util.List;
import java.util.Optional;

/** A ReferenceGrant of Gateway API: who in other namespaces may refer to objects of its own namespace. */
public record ReferenceGrant(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    public static final String KIND = "ReferenceGrant";

    public record Spec(List<From> from, List<To> to) {}

    /** Objects of that kind in that namespace may refer ... */
    public record From(String kind, String namespace) {}

    /** ... to the objects of that kind, or to the one of that name. */
    public record To(String kind, Optional<String> name) {}

    public ReferenceGrant {
        InvalidField.required("metadata", metadata);
        spec = spec == null ? new Spec(List.of(), List.of()) : spec;
    }

    /** Whether an HTTPRoute of that namespace may send requests to that backend of the grant's namespace. */
    boolean permits(String routeNamespace, String kind, String name) {
        return spec.from().stream().anyMatch(from -> HttpRoute.KIND.equals(from.kind()) && routeNamespace.equals(from.namespace()))
                && spec.to().stream().anyMatch(to -> kind.equals(to.kind()) && to.name().filter(only -> !only.isEmpty() && !only.equals(name)).isEmpty());
    }
}
