package dev.gatehouse.kubernetes.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The objects of one type as the API server has them, kept up to date by the client's informers: they list, watch, and where the server
 * goes away they hold what they know and come back with growing pauses.
 */
public final class Watch implements AutoCloseable {

    private static final int NOT_FOUND = 404;

    private record One(SharedIndexInformer<GenericKubernetesResource> informer, CompletableFuture<Void> listed) {}

    private final List<One> informers;
    private final Runnable onChange;

    private Watch(ObjectType type, Stream<FilterWatchListDeletable<GenericKubernetesResource, ?, ?>> places, Runnable onChange) {
        this.onChange = onChange;
        this.informers = places.map(place -> one(place.runnableInformer(0), type)).toList();
    }

    /**
     * All objects of the type in these namespaces.
     *
     * @param namespaces all, where it is empty
     * @param onChange   called on the client's threads at every change; must be quick
     */
    public static Watch of(KubernetesClient client, ObjectType type, Set<String> namespaces, Runnable onChange) {
        MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> all =
                client.genericKubernetesResources(type.context());
        return namespaces.isEmpty()
                ? new Watch(type, Stream.of(all.inAnyNamespace()), onChange)
                : new Watch(type, namespaces.stream().sorted().map(all::inNamespace), onChange);
    }

    /** The objects with these labels in one namespace. */
    public static Watch labelled(KubernetesClient client, ObjectType type, String namespace, Map<String, String> labels, Runnable onChange) {
        return new Watch(type, Stream.of(client.genericKubernetesResources(type.context()).inNamespace(namespace).withLabels(labels)), onChange);
    }

    private One one(SharedIndexInformer<GenericKubernetesResource> informer, ObjectType type) {
        CompletableFuture<Void> listed = new CompletableFuture<>();
        informer.itemStore(new SlimStore(type.bare())).addEventHandler(new Signal(onChange));
        informer.exceptionHandler((started, failure) -> {
            if (!type.required() && isAbsent(failure)) {
                completed(listed);
            }
            return true;
        });
        return new One(informer, listed);
    }

    private static boolean isAbsent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException answered && answered.getCode() == NOT_FOUND) {
                return true;
            }
        }
        return false;
    }

    private void completed(CompletableFuture<Void> listed) {
        if (listed.complete(null)) {
            onChange.run();
        }
    }

    /** Begins to list and to watch. */
    public void start() {
        informers.forEach(one -> one.informer().start().thenRun(() -> completed(one.listed())));
    }

    /** Whether all that the server has was read once. */
    public boolean isListed() {
        return informers.stream().allMatch(one -> one.listed().isDone());
    }

    /** What there is, in no order. */
    public List<GenericKubernetesResource> objects() {
        return informers.stream().flatMap(one -> one.informer().getStore().list().stream()).toList();
    }

    @Override
    public void close() {
        informers.forEach(one -> one.informer().stop());
    }

    /** Whatever happened: the reader looks at the store. */
    private record Signal(Runnable onChange) implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            onChange.run();
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            onChange.run();
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean stateUnknown) {
            onChange.run();
        }
    }
}
