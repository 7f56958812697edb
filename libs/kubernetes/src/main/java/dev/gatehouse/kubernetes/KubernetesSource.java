package dev.gatehouse.kubernetes;

import dev.gatehouse.kubernetes.status.View;
import dev.gatehouse.kubernetes.watch.ObjectText;
import dev.gatehouse.kubernetes.watch.ObjectType;
import dev.gatehouse.kubernetes.watch.Watch;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.DocumentException;
import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.resolve.Resolver;
import dev.gatehouse.policy.route.Topology;
import dev.gatehouse.policy.source.PolicyReader;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.policy.status.Existence;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Policies of one kind from an API server. Objects are read as files are, by {@link PolicyReader}; of one that is wrong the last good
 * state stays. {@link ClusterPolicies} keeps it up to date.
 */
final class KubernetesSource<P extends Record & Policy, C> implements PolicySource<P, C> {

    private final PolicyKind<P> kind;
    private final SourceListener listener;
    private final Objects<CompiledPolicy<P, C>> objects;
    private Topology topology;
    private boolean changed;
    private volatile View<P, C> view;
    private volatile Snapshot<P, C> current = new Snapshot<>(1, List.of(), List.of(), List.of(), Map.of(), new Resolver<>(List.of(), List.of()));

    KubernetesSource(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener, Watch watch, ObjectText text) {
        this.kind = kind;
        this.listener = listener;
        PolicyReader<P, C> reader = new PolicyReader<>(kind, compiler);
        this.objects = new Objects<>(watch, kind.name(), text::of, document -> inCluster(reader.read(document), document));
    }

    /** The resource in the API: the kind in lower case, in the plural. */
    static ObjectType type(PolicyKind<?> kind) {
        String singular = kind.name().toLowerCase(Locale.ROOT);
        String plural = singular.endsWith("y") ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
        String version = PolicyKind.API_VERSION.substring(PolicyKind.GROUP.length() + 1);
        return ObjectType.own(PolicyKind.GROUP, version, kind.name(), plural);
    }

    /** The target for every request is one of folders: in a cluster it would reach into every namespace. */
    private static <P extends Policy, C> CompiledPolicy<P, C> inCluster(CompiledPolicy<P, C> policy, Document document) {
        List<TargetRef> targets = policy.policy().targetRefs();
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).isAny()) {
                throw new DocumentException(document.fault(new InvalidField("spec.targetRefs[" + i + "].name", "must name a Gateway; \"*\" is for folders only")));
            }
        }
        return policy;
    }

    Objects<CompiledPolicy<P, C>> objects() {
        return objects;
    }

    @Override
    public Snapshot<P, C> current() {
        return current;
    }

    /** Nothing of its own to end: the watching is {@link ClusterPolicies}'. */
    @Override
    public void close() {}

    /** What a status is written of; empty before anything was read of the API server. */
    Optional<View<P, C>> view() {
        return Optional.ofNullable(view);
    }

    /** Reads what has changed. */
    void refresh() {
        changed |= objects.refresh();
    }

    /** Swaps in what has been read, if it is something else than before. */
    void publish(Topology now, Existence existence) {
        if (changed || now != topology) {
            swap(now);
            changed = false;
        }
        view = new View<>(type(kind), current, now, objects.present(), existence);
    }

    /** Which policies of this kind there are, as they were read last; of other kinds nobody can tell. */
    Existence existence() {
        Set<String> names = objects.names();
        return (other, name) -> other.equals(kind.name()) ? Optional.of(names.contains(name)) : Optional.empty();
    }

    private void swap(Topology now) {
        topology = now;
        List<CompiledPolicy<P, C>> policies = objects.shelf().values().stream()
                .sorted(Comparator.comparing(CompiledPolicy::policy, Policy.BY_PRECEDENCE)).toList();
        Map<String, Fault> invalid = objects.shelf().faults();
        current = new Snapshot<>(current.revision() + 1, policies, now.routes(), List.copyOf(invalid.values()), invalid,
                new Resolver<>(policies, now.routes()));
        listener.loaded(current);
    }
}
