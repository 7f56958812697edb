package dev.gatehouse.service.lifecycle;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.source.FolderSource;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;

/** All policies of one service, from the folder or the cluster that the settings name. */
public final class Policies implements AutoCloseable {

    private final Path folder;
    private final List<PoliciesPage.Shown> own = new ArrayList<>();
    private final List<PolicySource<?, ?>> guarding = new ArrayList<>();
    private final List<PolicySource<?, ?>> all = new ArrayList<>();

    private Policies(Path folder) {
        this.folder = folder;
    }

    public static Policies of(ServiceSettings settings) {
        return new Policies(settings.config());
    }

    /**
     * The policies of a kind that this service answers for: they are in the log, on the page and in the readiness.
     *
     * @throws IOException when they cannot be read at all; faults in documents are in the snapshot
     */
    public <P extends Record & Policy, C> PolicySource<P, C> open(PolicyKind<P> kind, Compiler<P, C> compiler) throws IOException {
        PolicySource<P, C> source = supplement(kind, compiler);
        guarding.add(source);
        return source;
    }

    /**
     * Documents that this service answers for, but that guard nothing by themselves: one that is wrong keeps no traffic away.
     *
     * @throws IOException as {@link #open}
     */
    public <P extends Record & Policy, C> PolicySource<P, C> supplement(PolicyKind<P> kind, Compiler<P, C> compiler) throws IOException {
        PolicySource<P, C> source = open(kind, compiler, new PolicyLog());
        own.add(new PoliciesPage.Shown(kind.name(), source));
        return source;
    }

    /**
     * The policies of a kind that another service answers for.
     *
     * @throws IOException as {@link #open}
     */
    public <P extends Record & Policy, C> PolicySource<P, C> watch(PolicyKind<P> kind, Compiler<P, C> compiler) throws IOException {
        return open(kind, compiler, SourceListener.NONE);
    }

    private <P extends Record & Policy, C> PolicySource<P, C> open(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener)
            throws IOException {
        PolicySource<P, C> source = FolderSource.open(folder, kind, compiler, listener);
        all.add(source);
        return source;
    }

    /** Adds the page of what this replica runs, {@code GET /v1/policies}, to the management router. */
    public void mount(Router management) {
        new PoliciesPage(own).mount(management);
    }

    /** Ready as {@link PoliciesReady} says. */
    public HealthCheck readiness() {
        return new PoliciesReady(() -> guarding.stream().flatMap(source -> source.current().neverValid().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public void close() {
        all.forEach(PolicySource::close);
    }
}
