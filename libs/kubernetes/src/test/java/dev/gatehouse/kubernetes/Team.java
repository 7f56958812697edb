package dev.gatehouse.kubernetes;

import dev.gatehouse.kubernetes.status.LeaseTiming;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A namespace of its own for each test, on the API server of this JVM, and what reads it, which ends with the test. */
final class Team implements BeforeEachCallback, AfterEachCallback {

    static final String EDGE = "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}";
    static final String CHAT = "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}";
    static final LeaseTiming QUICK = new LeaseTiming(Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofMillis(300));
    private static int count;

    private final String name;
    private final List<ClusterPolicies> readers = new ArrayList<>();
    private KubernetesApi api;

    /** @param prefix of the namespaces' names */
    Team(String prefix) {
        this.name = prefix + "-" + ++count;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        api = KubernetesApi.require();
        api.namespace(name);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        readers.forEach(ClusterPolicies::close);
    }

    KubernetesApi api() {
        return api;
    }

    String name() {
        return name;
    }

    void policy(String policy, String target, String rule) {
        api.apply(Cluster.policy(name, policy, target, rule));
    }

    void delete(String policy) {
        api.admin().delete(Cluster.path(name, policy));
    }

    /** The Gateway {@code edge}, which takes the namespace's own routes. */
    void edge() {
        api.apply(Cluster.gateway(name, "edge", "Same"));
    }

    /** A route of the Gateway {@code parent}. */
    void route(String route, String parent) {
        api.apply(Cluster.route(name, route, "{name: " + parent + "}", "a.example.com", "{name: own, port: 80}"));
    }

    ClusterPolicies ends(ClusterPolicies reader) {
        readers.add(reader);
        return reader;
    }

    void close(ClusterPolicies reader) {
        readers.remove(reader);
        reader.close();
    }
}
