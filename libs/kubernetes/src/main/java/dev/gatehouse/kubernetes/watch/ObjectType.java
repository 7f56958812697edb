package dev.gatehouse.kubernetes.watch;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * A type of objects in namespaces.
 *
 * @param plural   as in the API's paths, e.g. {@code httproutes}
 * @param required whether its absence from the API server is a fault; where it is not, an absent type has no objects
 */
public record ObjectType(String group, String version, String kind, String plural, boolean required) {

    public static final ObjectType HTTP_ROUTE = gateway("v1", "HTTPRoute", "httproutes");
    public static final ObjectType GATEWAY = gateway("v1", "Gateway", "gateways");
    /** Version v1 is younger than many clusters; both are the same. */
    public static final ObjectType REFERENCE_GRANT = gateway("v1beta1", "ReferenceGrant", "referencegrants");
    public static final ObjectType ENDPOINT_SLICE = new ObjectType("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);

    private static ObjectType gateway(String version, String kind, String plural) {
        return new ObjectType("gateway.networking.k8s.io", version, kind, plural, false);
    }

    /** How the client names it. */
    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder().withGroup(group).withVersion(version).withKind(kind).withPlural(plural)
                .withNamespaced(true).build();
    }
}
