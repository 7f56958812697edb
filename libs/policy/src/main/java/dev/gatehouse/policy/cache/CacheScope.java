package dev.gatehouse.policy.cache;

/** Who may read an answer that somebody else's question brought. A tenant that is known is a border in every scope. */
public enum CacheScope {
    /** The same principal alone. */ Consumer,
    /** All of a tenant; where no tenant is known, all of the Kubernetes namespace in the client's SPIFFE id. */ Namespace,
    /** Everybody whom the policy applies to, known or not; of a known tenant, all of that tenant. */ Shared
}
