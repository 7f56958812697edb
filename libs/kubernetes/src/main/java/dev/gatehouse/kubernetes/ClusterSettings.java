package dev.gatehouse.kubernetes;

import dev.gatehouse.kubernetes.status.StatusSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What a service does in a cluster.
 *
 * @param namespaces that are watched; all, where it is empty. The Gateways' own must be among them
 * @param snapshot   folder for the last good state; nothing is kept on disk without
 * @param backends   whether Services and the other kinds of backends are watched, so that a status can say that a target is missing
 * @param status     how status is written; nobody writes any without
 */
public record ClusterSettings(Set<String> namespaces, Optional<Path> snapshot, boolean backends, Optional<StatusSettings> status) {

    public ClusterSettings {
        namespaces = Set.copyOf(namespaces);
    }

    boolean watches(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
