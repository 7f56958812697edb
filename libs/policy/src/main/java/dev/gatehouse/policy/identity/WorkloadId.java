package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.RequestHead;
import java.util.Optional;

/** A workload by its SPIFFE id, {@code spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT}, as Istio and SPIRE write them. */
public record WorkloadId(String namespace, String serviceAccount) {

    /** Of such an id; empty for another text. */
    public static Optional<WorkloadId> of(String spiffe) {
        String[] parts = spiffe.split("/", -1);
        boolean known = spiffe.startsWith("spiffe://") && parts.length == 7 && parts[3].equals("ns") && parts[5].equals("sa");
        return known ? Optional.of(new WorkloadId(parts[4], parts[6])) : Optional.empty();
    }

    /** Of the client's certificate, as the host that has verified it says in {@code connection.uri_san_peer_certificate}. */
    public static Optional<WorkloadId> of(RequestHead head) {
        return head.attribute(ClientCertificate.ATTRIBUTE).flatMap(WorkloadId::of);
    }

    /** {@code NAMESPACE/SERVICE-ACCOUNT}. */
    public String qualified() {
        return namespace + "/" + serviceAccount;
    }
}
