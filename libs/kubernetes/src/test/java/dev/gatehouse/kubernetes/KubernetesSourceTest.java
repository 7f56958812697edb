package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source over a real API server. */
class KubernetesSourceTest {

    private static final String EDGE = "{name: edge}";

    private static KubernetesApi api;
    private static int count;

    private final String team = "team-" + ++count;
    private ClusterPolicies cluster;
    private PolicySource<PromptGuardPolicy, String> source;

    @BeforeAll
    static void start() {
        api = KubernetesApi.require();
    }

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void aChangeIsInForceAtOnceAndAWrongOneLeavesTheLastGoodState() {
        api.apply(Cluster.namespace(team));
        api.apply(Cluster.policy(team, "a", "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}", "first"));
        open(Optional.empty());
        assertThat(inForce()).isEqualTo("first");
        api.apply(Cluster.policy(team, "a", "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}", "second"));
        await(now -> inForce().equals("second"));
        api.apply(Cluster.policy(team, "a", "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}", "refused"));
        await(now -> !now.invalid().isEmpty());
        assertThat(source.current().invalid().get(team + "/a").toString()).isEqualTo(team + "/a: spec.rules[0].name: is refused");
        assertThat(inForce()).isEqualTo("second");
        api.admin().delete(Cluster.path(team, "a"));
        await(now -> now.policies().isEmpty() && now.invalid().isEmpty());
    }

    private String inForce() {
        return source.current().policies().stream().map(policy -> policy.compiled()).findFirst().orElse("");
    }

    private void open(Optional<Path> snapshot) {
        cluster = new ClusterPolicies(Cluster.client(api, api.adminToken()), new ClusterSettings(Set.of(team), snapshot, Optional.empty()), failure -> {});
        source = cluster.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        cluster.start();
        cluster.ready().orTimeout(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void await(Predicate<Snapshot<PromptGuardPolicy, String>> condition) {
        assertThat(condition.test(Cluster.eventually(source::current, condition))).isTrue();
    }
}
