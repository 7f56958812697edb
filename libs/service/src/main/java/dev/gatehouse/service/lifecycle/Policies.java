package dev.gatehouse.service.lifecycle;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.PolicyKind;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.policy.route.RouteRule;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.service.telemetry.Attributor;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;

/** All policies of one service, from the folder or the cluster that the settings name. Open the kinds first, then start. */
public final class Policies implements AutoCloseable {

    private final Origin origin;
    private final List<PoliciesPage.Shown> own = new ArrayList<>();
    private final List<PolicySource<?, ?>> guarding = new ArrayList<>();

    private Policies(Origin origin) {
        this.origin = origin;
    }

    public static Policies of(ServiceSettings settings) {
        return new Policies(switch (settings.source()) {
            case FOLDER -> new FolderOrigin(settings.config());
            case KUBERNETES -> ClusterOrigin.connect(settings.kubernetes().settings());
        });
    }

    /**
     * The policies of a kind that this service answers for: they are in the log, on the page, in the readiness and have a status.
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
        PolicySource<P, C> source = origin.open(kind, compiler, new PolicyLog());
        own.add(new PoliciesPage.Shown(kind.name(), source));
        return source;
    }

    /**
     * The policies of a kind that another service answers for.
     *
     * @throws IOException as {@link #open}
     */
    public <P extends Record & Policy, C> PolicySource<P, C> watch(PolicyKind<P> kind, Compiler<P, C> compiler) throws IOException {
        return origin.watch(kind, compiler, SourceListener.NONE);
    }

    /**
     * Calls the service's own start once there are policies: at once for a folder; for a cluster when the API server has told all of
     * them, or at once where they were saved. No request is answered before, since it would pass without the feature.
     *
     * @param start failing, it ends the process
     */
    public void whenThere(Start start) throws IOException, InterruptedException {
        origin.whenThere(start);
    }

    /** What a service does when there are policies. */
    @FunctionalInterface
    public interface Start {
        void run() throws IOException, InterruptedException;
    }

    /** Whose requests are, by the routes that policies are resolved with; for a service whose own answers refuse nothing. */
    public Attributor attribution() {
        return head -> Attribution.of(route(head), head);
    }

    /** As {@link #attribution}, for a service whose own answers are refusals: in a cluster they become Events of the HTTPRoute. */
    public Attributor refusals() {
        return new Attributor() {
            @Override
            public Attribution of(RequestHead head) {
                return Attribution.of(route(head), head);
            }

            @Override
            public void replied(Attribution where) {
                origin.refused(where);
            }
        };
    }

    private Optional<RouteRule> route(RequestHead head) {
        return guarding.stream().findFirst().flatMap(source -> source.current().resolver().route(head));
    }

    /** Adds the page of what this replica runs, {@code GET /v1/policies}, to the management router. */
    public void mount(Router management) {
        new PoliciesPage(own).mount(management);
    }

    /** Ready as the source of policies says. */
    public HealthCheck readiness() {
        return origin.readiness(guarding);
    }

    @Override
    public void close() {
        origin.close();
    }
}
