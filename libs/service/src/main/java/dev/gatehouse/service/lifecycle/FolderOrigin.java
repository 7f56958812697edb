package dev.gatehouse.service.lifecycle;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.source.FolderSource;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;

/** One folder of documents for all kinds. */
final class FolderOrigin implements Origin {

    private final Path folder;
    private final List<PolicySource<?, ?>> sources = new ArrayList<>();

    FolderOrigin(Path folder) {
        this.folder = folder;
    }

    @Override
    public <P extends Record & Policy, C> PolicySource<P, C> open(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener)
            throws IOException {
        PolicySource<P, C> source = FolderSource.open(folder, kind, compiler, listener);
        sources.add(source);
        return source;
    }

    @Override
    public <P extends Record & Policy, C> PolicySource<P, C> watch(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener)
            throws IOException {
        return open(kind, compiler, listener);
    }

    @Override
    public void whenThere(Policies.Start start) throws IOException, InterruptedException {
        start.run();
    }

    @Override
    public HealthCheck readiness(List<PolicySource<?, ?>> guarding) {
        return new PoliciesReady(() -> guarding.stream().flatMap(source -> source.current().neverValid().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Metrics tell it; there is nobody else to be told. */
    @Override
    public void refused(Attribution where) {}

    @Override
    public void close() {
        sources.forEach(PolicySource::close);
    }
}
