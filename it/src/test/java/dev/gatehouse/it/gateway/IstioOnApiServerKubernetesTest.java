package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.it.chart.Release;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate limit and the guard as releases of their own, attached by a third to a Gateway of another namespace, on a real API server with a
 * real Istio: it finds the Services that the features' charts make, by the attachment's names; the features read their policies from the
 * API server, with the rights that their charts give. What a kubelet and its controllers would do, processes and their EndpointSlices, the
 * test does.
 */
class IstioOnApiServerKubernetesTest implements TwoReleasesContract {

    private static final String SERVICES = "istio-services";
    private static final IstioGateway GATEWAY = new IstioGateway(TwoReleases.APPS, "local", Ports.free());

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static KubernetesApi api;
    private static Applied applied;
    private static TwoReleases bed;

    @BeforeAll
    static void start() throws Exception {
        IstioFront.assumePrograms();
        api = KubernetesApi.require();
        api.install(Istiod.crds());
        Stream.of(Istiod.NAMESPACE, TwoReleases.APPS, SERVICES).forEach(api::namespace);
        applied = started(new Applied(api));
        Backend backend = started(new Backend());
        applied.all(new IstioSide(TwoReleases.APPS, List.of(GATEWAY), backend.port()).objects(Policies.routes("istio-on-api")));
        bed = new TwoReleases(api, applied, backend, GATEWAY.listener());
        bed.applyPolicies();
        release("ratelimit", "limits");
        release("guard", "prompt-guard");
        applied.all(new Helm(home, SERVICES).template("gatehouse-attachment", "attachment", List.of("gateway=istio", "features={ratelimit,guard}",
                "services.ratelimit.name=limits-ratelimit", "services.guard.name=prompt-guard", "targets[0].name=local", "targets[0].namespace=" + TwoReleases.APPS)));
        Istiod istiod = started(Istiod.start("istio-on-api", api.kubeconfig(api.adminToken()), ""));
        Program envoy = started(GATEWAY.start("istio-on-api", istiod.xds()));
        Readiness.await(GATEWAY.listener(), envoy);
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    /** Installs a feature's release and makes its Service lead to a process of this machine. */
    private static void release(String feature, String name) throws IOException {
        Release release = Release.install(api, new Helm(home, SERVICES), feature, name, List.of("policies.affectedConditions=true"));
        applied.take(release.onServer());
        release.ready(started(new Replica("istio-on-api-" + feature, release.pod(release.name() + "-0"), home)).ready());
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.push(part);
        return part;
    }

    @Override
    public TwoReleases bed() {
        return bed;
    }

    @Override
    public String controller() {
        return "istio.io/gateway-controller";
    }
}
