package dev.gatehouse.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a service does in a cluster.
 *
 * @param namespaces that are watched; all, where it is empty. The Gateways' own must be among them
 * @param snapshot   folder for the last good state; nothing is kept on disk without
 * @param status     how status is written; nobody writes any without
 */
public record ClusterSettings(Set<String> namespaces, Optional<Path> snapshot, Optional<StatusSettings> status) {

    /**
     * @param controllerName of the status entries that are ours, e.g. {@code gatehouse.dev/guard}
     * @param namespace      where the service itself runs
     * @param lease          name of the Lease by which one of the replicas becomes the one that writes
     * @param identity       of this replica: its Pod's name
     * @param service        name of the service's own Service, whose ready endpoints are the replicas; without, this process is the only one
     * @param timing         of the Lease
     * @param refusals       how often refused requests are told of by Events
     */
    public record StatusSettings(String controllerName, String namespace, String lease, String identity, Optional<String> service, LeaseTiming timing,
            Duration refusals) {}

    public ClusterSettings {
        namespaces = Set.copyOf(namespaces);
    }

    boolean watches(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
