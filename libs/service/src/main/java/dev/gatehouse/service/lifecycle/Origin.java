package dev.gatehouse.service.lifecycle;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;

/** Where all policies of a service come from; see {@link Policies}. */
sealed interface Origin permits FolderOrigin, ClusterOrigin {

    /** A kind that this service answers for. */
    <P extends Record & Policy, C> PolicySource<P, C> open(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) throws IOException;

    /** A kind that another service answers for. */
    <P extends Record & Policy, C> PolicySource<P, C> watch(PolicyKind<P> kind, Compiler<P, C> compiler, SourceListener listener) throws IOException;

    void whenThere(Policies.Start start) throws IOException, InterruptedException;

    HealthCheck readiness(List<PolicySource<?, ?>> guarding);

    /** A request was refused; worth telling in the cluster. Must be quick. */
    void refused(Attribution where);

    void close();
}
