package dev.gatehouse.kubernetes.watch;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * A type of objects in namespaces.
 *
 * @param plural   as in the API's paths, e.g. {@code httproutes}
 * @param required whether its absence from the API server is a fault; where it is not, an absent type has no objects
 * @param bare     whether nobody asks for more than names: nothing else is kept
 */
public record ObjectType(String group, String version, String kind, String plural, boolean required, boolean bare) {

    public static final ObjectType HTTP_ROUTE = gateway("v1", "HTTPRoute", "httproutes");
    public static final ObjectType GATEWAY = gateway("v1", "Gateway", "gateways");
    /** Version v1 is younger than many clusters; both are the same. */
    public static final ObjectType REFERENCE_GRANT = gateway("v1beta1", "ReferenceGrant", "referencegrants");
    public static final ObjectType ENDPOINT_SLICE = new ObjectType("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true, false);
    /** What HTTPRoutes may send requests to, and policies target. */
    public static final List<ObjectType> BACKENDS = List.of(
            backend("", "v1", "Service", "services"),
            backend("multicluster.x-k8s.io", "v1alpha1", "ServiceImport", "serviceimports"),
            backend("inference.networking.k8s.io", "v1", "InferencePool", "inferencepools"),
            backend("inference.networking.x-k8s.io", "v1alpha1", "InferencePoolImport", "inferencepoolimports"),
            backend("gateway.networking.x-k8s.io", "v1alpha1", "XBackend", "xbackends"));

    private static ObjectType backend(String group, String version, String kind, String plural) {
        return new ObjectType(group, version, kind, plural, false, true);
    }

    /** A type of which everything is kept, and that must be there. */
    public static ObjectType own(String group, String version, String kind, String plural) {
        return new ObjectType(group, version, kind, plural, true, false);
    }

    private static ObjectType gateway(String version, String kind, String plural) {
        return new ObjectType("gateway.networking.k8s.io", version, kind, plural, false, false);
    }

    /** How the client names it. */
    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder().withGroup(group).withVersion(version).withKind(kind).withPlural(plural)
                .withNamespaced(true).build();
    }
}
