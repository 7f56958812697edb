package dev.gatehouse.kubernetes.status;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** What policies may act on, as the API server has it: Gateways and HTTPRoutes. */
public record Targets(List<GenericKubernetesResource> gateways, List<GenericKubernetesResource> routes) {

    public static final Targets NONE = new Targets(List.of(), List.of());
}
