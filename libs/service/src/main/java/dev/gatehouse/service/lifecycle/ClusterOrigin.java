package dev.gatehouse.service.lifecycle;

import dev.gatehouse.kubernetes.ClusterPolicies;
import dev.gatehouse.kubernetes.ClusterSettings;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import io.quarkus.runtime.Quarkus;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/** The API server of a cluster. */
final class ClusterOrigin implements Origin {

    private static final Logger LOG = Logger.getLogger(ClusterOrigin.class);
    private static final int FAILED = 1;

    private final ClusterPolicies cluster;

    private ClusterOrigin(ClusterPolicies cluster) {
        this.cluster = cluster;
    }

    static ClusterOrigin connect(ClusterSettings settings) {
        return new ClusterOrigin(ClusterPolicies.connect(settings, failure -> LOG.errorf("policies of the cluster: %s", failure)));
    }

    @Override
    public <P extends Record & Policy, C> PolicySource<P, C> open(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) {
        return cluster.open(kind, compiler, listener);
    }

    @Override
    public <P extends Record & Policy, C> PolicySource<P, C> watch(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) {
        return cluster.watch(kind, compiler, listener);
    }

    @Override
    public void whenThere(Policies.Start start) {
        cluster.start();
        cluster.ready().thenRun(() -> Thread.ofVirtual().name("start").start(() -> begin(start)));
    }

    private static void begin(Policies.Start start) {
        try {
            start.run();
        } catch (Exception e) {
            LOG.error("the service cannot start", e);
            Quarkus.asyncExit(FAILED);
        }
    }

    /** In a cluster anybody's wrong policy must not take a service from all others: a policy that was never valid is in its status. */
    @Override
    public HealthCheck readiness(List<PolicySource<?, ?>> guarding) {
        return () -> HealthCheckResponse.named("policies").status(cluster.ready().isDone()).build();
    }

    @Override
    public void refused(Attribution where) {
        cluster.refused(where.route());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
