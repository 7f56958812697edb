package dev.gatehouse.cache.ask;

import dev.gatehouse.policy.cache.CacheScope;
import dev.gatehouse.policy.cache.OnUnguarded;
import dev.gatehouse.policy.identity.Identity;
import java.util.List;
import java.util.Optional;

/**
 * Whose an answer is.
 *
 * @param parts whose caps it counts in: the tenant; without one the Kubernetes namespace, the principal, or everybody
 * @param only  the one principal that may read it, if it is not for all of them
 */
public record Owner(List<String> parts, Optional<String> only) {

    private static final String SPIFFE = "spiffe://";
    private static final List<String> EVERYBODY = List.of("everybody");

    /** An owner, or why there is none. */
    sealed interface Found {
        record Known(Owner owner) implements Found {}

        record Unknown(Reason reason) implements Found {}
    }

    /** The owner of all that a tenant has. */
    public static Owner ofTenant(String tenant) {
        return new Owner(List.of("tenant", tenant), Optional.empty());
    }

    /** The owner of all that a principal without tenant has. */
    public static Owner ofPrincipal(String principal) {
        return new Owner(List.of("principal", principal), Optional.of(principal));
    }

    /** The owner of all that belongs to no tenant and no principal. */
    public static Owner everybody() {
        return new Owner(EVERYBODY, Optional.empty());
    }

    static Found of(CacheScope scope, OnUnguarded onUnguarded, Identity identity, boolean guarded) {
        if (!guarded && onUnguarded == OnUnguarded.Bypass) {
            return new Found.Unknown(Reason.unguarded);
        }
        boolean narrowed = !guarded && onUnguarded == OnUnguarded.Consumer;
        if (identity.principal().isEmpty() && (narrowed || scope != CacheScope.Shared)) {
            return new Found.Unknown(narrowed && scope == CacheScope.Shared ? Reason.unguarded : Reason.no_principal);
        }
        return of(narrowed ? CacheScope.Consumer : scope, identity);
    }

    private static Found of(CacheScope scope, Identity identity) {
        Optional<Owner> tenant = identity.tenant().map(Owner::ofTenant);
        return switch (scope) {
            case Shared -> new Found.Known(tenant.orElseGet(Owner::everybody));
            case Namespace -> tenant.or(() -> identity.principal().flatMap(Owner::namespace)).<Found>map(Found.Known::new)
                    .orElse(new Found.Unknown(Reason.no_namespace));
            case Consumer -> {
                String principal = identity.principal().orElseThrow();
                List<String> parts = tenant.map(Owner::parts).orElse(List.of("principal", principal));
                yield new Found.Known(new Owner(parts, Optional.of(principal)));
            }
        };
    }

    /** {@code spiffe://DOMAIN/ns/NAMESPACE/...}, as Istio and SPIRE write it. */
    private static Optional<Owner> namespace(String principal) {
        String[] segments = principal.startsWith(SPIFFE) ? principal.substring(SPIFFE.length()).split("/") : new String[0];
        boolean named = segments.length >= 3 && segments[1].equals("ns") && !segments[2].isEmpty();
        return named ? Optional.of(new Owner(List.of("namespace", segments[0], segments[2]), Optional.empty())) : Optional.empty();
    }

    /** Never shows who it is. */
    @Override
    public String toString() {
        return "Owner[" + parts.getFirst() + (only.isPresent() ? ", one principal]" : "]");
    }
}
