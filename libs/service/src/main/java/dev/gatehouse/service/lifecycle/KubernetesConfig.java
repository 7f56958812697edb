package dev.gatehouse.service.lifecycle;

import dev.gatehouse.kubernetes.ClusterSettings;
import dev.gatehouse.kubernetes.status.LeaseTiming;
import dev.gatehouse.kubernetes.status.Refusals;
import dev.gatehouse.kubernetes.status.StatusSettings;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How policies are read from a cluster ({@code gatehouse.source=kubernetes}); each setting is also an environment variable,
 * {@code GATEHOUSE_KUBERNETES_NAMESPACES} and so on. Address and credentials are the Pod's own, else those of {@code KUBECONFIG}.
 */
public interface KubernetesConfig {

    /** Namespaces whose policies, HTTPRoutes, Gateways and ReferenceGrants are read, with commas; all without. */
    Optional<List<String>> namespaces();

    /** Folder for the last good state, with which a service starts while the API server is away; none is kept without. */
    Optional<Path> snapshot();

    /** Whether one of the replicas writes the status of policies. */
    @WithDefault("true")
    boolean status();

    /** Whether the Gateways and HTTPRoutes that policies act on are told so in their status; needs the right to patch that. */
    @WithDefault("false")
    boolean affectedConditions();

    /**
     * Whether the names of Services, ServiceImports, InferencePools, InferencePoolImports and XBackends are watched too: the status of a
     * policy can then tell that a target is missing from one that no route leads to. Needs the right to list and watch them.
     */
    @WithDefault("false")
    boolean watchBackends();

    /** Whose entries in a policy's status are ours. Two installations of a service over the same policies need two names. */
    @WithDefault("gatehouse.dev/${quarkus.application.name}")
    String controllerName();

    /** Namespace of the service itself. */
    @WithDefault("default")
    String namespace();

    /** Name of the service's own Service, whose ready endpoints are asked what they run; without, this process counts as the only one. */
    Optional<String> service();

    /** Name of the Lease by which one of the replicas becomes the one that writes; by default that of {@link #service}, else the application's. */
    @WithDefault("${gatehouse.kubernetes.service:${quarkus.application.name}}")
    String lease();

    /** Of this replica. */
    @WithDefault("${HOSTNAME:local}")
    String identity();

    /** In the library's words. */
    default ClusterSettings settings() {
        Optional<StatusSettings> writing = status()
                ? Optional.of(new StatusSettings(controllerName(), namespace(), lease(), identity(), service(), LeaseTiming.STANDARD, Refusals.EVERY,
                        affectedConditions()))
                : Optional.empty();
        return new ClusterSettings(Set.copyOf(namespaces().orElse(List.of())), snapshot(), watchBackends(), writing);
    }
}
