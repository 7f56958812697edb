package dev.gatehouse.kubernetes;

import dev.gatehouse.kubernetes.status.StatusLoop;
import dev.gatehouse.kubernetes.status.Targets;
import dev.gatehouse.kubernetes.status.View;
import dev.gatehouse.kubernetes.watch.ObjectText;
import dev.gatehouse.kubernetes.watch.ObjectType;
import dev.gatehouse.kubernetes.watch.Pulse;
import dev.gatehouse.kubernetes.watch.SavedObjects;
import dev.gatehouse.kubernetes.watch.Watch;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.route.Gateway;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.route.ReferenceGrant;
import dev.gatehouse.policy.route.Topology;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.policy.status.Existence;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All policies of one service from an API server, with the HTTPRoutes, Gateways and ReferenceGrants that decide where they apply.
 *
 * <p>Open the kinds, then {@link #start}. Changes are taken together when there was none for {@link #QUIET} and are swapped in as a
 * whole. While the server is away everything stays as it is.
 */
public final class ClusterPolicies implements AutoCloseable {

    /** How long there must be no change before the changes are taken. */
    public static final Duration QUIET = Duration.ofMillis(50);
    /** The longest that changes without a pause are waited for. */
    public static final Duration PATIENCE = Duration.ofMillis(500);

    /** The first pause before the server is asked again; it doubles up to 32 times this. */
    private static final int RECONNECT_MILLIS = 500;
    private static final Duration FOREVER = Duration.ofDays(1);

    private final KubernetesClient client;
    private final ClusterSettings settings;
    private final ObjectText text;
    private final Optional<SavedObjects> saved;
    private final Consumer<RuntimeException> onFailure;
    private final Pulse pulse = new Pulse(QUIET, PATIENCE);
    private final Objects<HttpRoute> routes;
    private final Objects<Gateway> gateways;
    private final Objects<ReferenceGrant> grants;
    private final Backends backends;
    private final List<KubernetesSource<?, ?>> sources = new ArrayList<>();
    private final List<KubernetesSource<?, ?>> own = new ArrayList<>();
    private final Optional<StatusLoop> status;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private Topology topology;
    private volatile Targets targets = Targets.NONE;
    private Thread reader;

    /**
     * @param client    closed by {@link #close}
     * @param onFailure told what went wrong beside the documents: what cannot be saved on disk
     */
    public ClusterPolicies(KubernetesClient client, ClusterSettings settings, Consumer<RuntimeException> onFailure) {
        this.client = client;
        this.settings = settings;
        this.onFailure = onFailure;
        this.text = new ObjectText(client.getKubernetesSerialization());
        this.saved = settings.snapshot().map(SavedObjects::new);
        this.status = settings.status().map(writing -> new StatusLoop(client, writing, this::views, () -> targets, onFailure));
        this.routes = foreign(ObjectType.HTTP_ROUTE, HttpRoute.class, text::withAcceptance);
        this.gateways = foreign(ObjectType.GATEWAY, Gateway.class, text::of);
        this.grants = foreign(ObjectType.REFERENCE_GRANT, ReferenceGrant.class, text::of);
        this.backends = settings.backends() ? Backends.watched(this::watch) : Backends.unknown();
    }

    /** With the Pod's own credentials (its token is read again when it is renewed), else those of {@code KUBECONFIG}. Needs no server yet. */
    public static ClusterPolicies connect(ClusterSettings settings, Consumer<RuntimeException> onFailure) {
        Config config = new ConfigBuilder().withWatchReconnectInterval(RECONNECT_MILLIS).build();
        return new ClusterPolicies(new KubernetesClientBuilder().withConfig(config).build(), settings, onFailure);
    }

    private <R extends Record> Objects<R> foreign(ObjectType type, Class<R> record, Function<GenericKubernetesResource, String> asText) {
        return new Objects<>(watch(type), type.kind(), asText, document -> tolerantly(document, record));
    }

    private static <R extends Record> R tolerantly(Document document, Class<R> record) {
        return document.bindTolerantly(record).value();
    }

    private Watch watch(ObjectType type) {
        return Watch.of(client, type, settings.namespaces(), pulse::signal);
    }

    /** Policies of one kind whose status is ours to write; those that were saved hold from the start on. */
    public <P extends Record & Policy, C> PolicySource<P, C> open(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) {
        KubernetesSource<P, C> source = source(kind, compiler, listener);
        own.add(source);
        return source;
    }

    /** Policies of one kind that another service answers for. */
    public <P extends Record & Policy, C> PolicySource<P, C> watch(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) {
        return source(kind, compiler, listener);
    }

    private <P extends Record & Policy, C> KubernetesSource<P, C> source(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) {
        KubernetesSource<P, C> source = new KubernetesSource<>(kind, compiler, listener, watch(KubernetesSource.type(kind)), text);
        saved.ifPresent(disk -> source.objects().load(disk, text));
        sources.add(source);
        return source;
    }

    /** Begins to watch; {@link #ready} tells when policies are there. */
    public void start() {
        saved.filter(this::isSaved).ifPresent(this::beginWithSaved);
        all().forEach(objects -> objects.watch().start());
        backends.start();
        status.ifPresent(StatusLoop::start);
        reader = Thread.ofVirtual().name("policies-cluster").start(this::read);
    }

    /** Done once policies hold: those of the API server, or those that were saved. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    private Stream<Objects<?>> all() {
        return Stream.concat(Stream.of(routes, gateways, grants), sources.stream().map(KubernetesSource::objects));
    }

    private boolean isSaved(SavedObjects disk) {
        return all().allMatch(objects -> objects.isSaved(disk));
    }

    private void beginWithSaved(SavedObjects disk) {
        Stream.of(routes, gateways, grants).forEach(objects -> objects.load(disk, text));
        topology = topologyNow();
        sources.forEach(source -> source.publish(topology, Existence.UNKNOWN));
        ready.complete(null);
    }

    private void read() {
        try {
            while (true) {
                pulse.await(FOREVER);
                if (all().allMatch(objects -> objects.watch().isListed())) {
                    tryRefresh();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever one change brings up, the next one is read. */
    private void tryRefresh() {
        try {
            refresh();
            saved.ifPresent(this::save);
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private void refresh() {
        if (routes.refresh() | gateways.refresh() | grants.refresh() | topology == null) {
            topology = topologyNow();
        }
        sources.forEach(KubernetesSource::refresh);
        Existence existence = sources.stream().map(KubernetesSource::existence).reduce(backends.now(), Existence::or);
        sources.forEach(source -> source.publish(topology, existence));
        targets = new Targets(gateways.present(), routes.present());
        ready.complete(null);
        status.ifPresent(StatusLoop::changed);
    }

    /** A request of that HTTPRoute ({@code namespace/name}) was refused; told by Events, many together. */
    public void refused(String route) {
        status.ifPresent(loop -> loop.refusals().count(route));
    }

    private List<View<?, ?>> views() {
        return own.stream().<View<?, ?>>flatMap(source -> source.view().stream()).toList();
    }

    private void save(SavedObjects disk) {
        all().forEach(objects -> objects.save(disk));
    }

    private Topology topologyNow() {
        return new Topology(routes.shelf().values(), gateways.shelf().values(), grants.shelf().values(), settings::watches);
    }

    @Override
    public void close() {
        if (reader != null) {
            endReading();
        }
        status.ifPresent(StatusLoop::close);
        all().forEach(objects -> objects.watch().close());
        backends.close();
        client.close();
    }

    /** Waits, so that nothing is saved any more when this returns. */
    private void endReading() {
        reader.interrupt();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
