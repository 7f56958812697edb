package dev.gatehouse.ratelimit.ask;

import java.util.Optional;

/** A workload by its SPIFFE id, {@code spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT}, as Istio writes them. */
record WorkloadId(String namespace, String serviceAccount) {

    static Optional<WorkloadId> of(String spiffe) {
        String[] parts = spiffe.split("/", -1);
        boolean known = spiffe.startsWith("spiffe://") && parts.length == 7 && parts[3].equals("ns") && parts[5].equals("sa");
        return known ? Optional.of(new WorkloadId(parts[4], parts[6])) : Optional.empty();
    }

    String qualified() {
        return namespace + "/" + serviceAccount;
    }
}
