package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/** Writes to the status of objects; needs the right to patch it, and no other. */
record StatusPatch(KubernetesClient client) {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /**
     * Replaces fields of a status, with the version that they were read in: what somebody else has written meanwhile is not lost.
     *
     * @return whether it is written; false where the object is another meanwhile, or gone
     * @throws KubernetesClientException when the API server refuses or is away
     */
    boolean replace(ObjectType type, ObjectMeta meta, Map<String, Object> fields) {
        GenericKubernetesResource patch = object(type, meta, fields);
        patch.getMetadata().setResourceVersion(meta.getResourceVersion());
        return tried(() -> resource(type, patch).patchStatus());
    }

    /**
     * Server-side apply: what this manager has applied before and does not any more goes away, what others own stays.
     *
     * @param manager at most 128 characters
     * @return whether it is written; false where another manager owns a field of it, or the object is gone
     * @throws KubernetesClientException as {@link #replace}
     */
    boolean apply(ObjectType type, ObjectMeta meta, String manager, Map<String, Object> fields) {
        GenericKubernetesResource patch = object(type, meta, fields);
        PatchContext context = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(manager).withForce(false).build();
        return tried(() -> resource(type, patch).subresource("status").patch(context, patch));
    }

    private static GenericKubernetesResource object(ObjectType type, ObjectMeta meta, Map<String, Object> status) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(type.group() + "/" + type.version());
        object.setKind(type.kind());
        object.setMetadata(new ObjectMetaBuilder().withNamespace(meta.getNamespace()).withName(meta.getName()).build());
        object.setAdditionalProperty("status", status);
        return object;
    }

    private Resource<GenericKubernetesResource> resource(ObjectType type, GenericKubernetesResource object) {
        return client.genericKubernetesResources(type.context()).inNamespace(object.getMetadata().getNamespace()).resource(object);
    }

    private static boolean tried(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT || e.getCode() == NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
