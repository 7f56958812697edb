package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.RequestHead;
import java.util.List;
import java.util.Optional;

/**
 * A workload by its namespace and service account: of a SPIFFE id, {@code spiffe://TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT}, as Istio
 * and SPIRE write them, or as the host names it.
 */
public record WorkloadId(String namespace, String serviceAccount) {

    /**
     * Where hosts say a SPIFFE id that they have verified: that of the client's certificate, over ext_proc and ext_authz, and the one that
     * Istio's waypoints have from the tunnel before them.
     */
    private static final List<String> PRINCIPALS = List.of(ClientCertificate.ATTRIBUTE, "source.principal",
            "filter_state['io.istio.peer_principal']", "filter_state[\"io.istio.peer_principal\"]", "string(filter_state['io.istio.peer_principal'])");
    /** What a host may say of a workload in words of its own. */
    private static final String NAMESPACE = "source.namespace";
    private static final String SERVICE_ACCOUNT = "source.service_account";

    /** Of such an id; empty for another text. */
    public static Optional<WorkloadId> of(String spiffe) {
        String[] parts = spiffe.split("/", -1);
        boolean known = spiffe.startsWith("spiffe://") && parts.length == 7 && parts[3].equals("ns") && parts[5].equals("sa");
        return known ? Optional.of(new WorkloadId(parts[4], parts[6])) : Optional.empty();
    }

    /**
     * The client's, as the host says in its attributes. What a client or its owner can write is not asked: headers, labels of pods
     * ({@code source.labels}), {@code source.service} (a header of the client's in Envoy) and Istio's exchanged peer metadata.
     */
    public static Optional<WorkloadId> of(RequestHead head) {
        return PRINCIPALS.stream().map(head::attribute).flatMap(Optional::stream).map(WorkloadId::of).flatMap(Optional::stream).findFirst()
                .or(() -> named(head));
    }

    private static Optional<WorkloadId> named(RequestHead head) {
        return head.attribute(NAMESPACE).filter(namespace -> !namespace.isBlank())
                .map(namespace -> new WorkloadId(namespace, head.attribute(SERVICE_ACCOUNT).orElse("")));
    }

    /** {@code NAMESPACE/SERVICE-ACCOUNT}; empty where the account is not known. */
    public String qualified() {
        return serviceAccount.isEmpty() ? "" : namespace + "/" + serviceAccount;
    }
}
