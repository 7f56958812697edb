package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source over a real API server. */
class KubernetesSourceTest {

    private static final String EDGE = "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}";

    private static KubernetesApi api;
    private static int count;

    private final String team = "source-" + ++count;
    private final List<ClusterPolicies> clusters = new ArrayList<>();

    @TempDir
    Path disk;

    @BeforeAll
    static void start() {
        api = KubernetesApi.require();
    }

    @BeforeEach
    void namespace() {
        api.namespace(team);
    }

    @AfterEach
    void close() {
        clusters.forEach(ClusterPolicies::close);
    }

    @Test
    void aChangeIsInForceAtOnceAndAWrongOneLeavesTheLastGoodState() {
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        var source = open(api.url().toString(), api.adminToken(), Optional.empty());
        assertThat(inForce(source)).isEqualTo("first");
        api.apply(Cluster.policy(team, "a", EDGE, "second"));
        await(source, now -> inForce(source).equals("second"));
        api.apply(Cluster.policy(team, "a", EDGE, "refused"));
        await(source, now -> !now.invalid().isEmpty());
        assertThat(source.current().invalid().get(team + "/a").toString()).isEqualTo(team + "/a: spec.rules[0].name: is refused");
        assertThat(inForce(source)).isEqualTo("second");
        assertThat(source.current().policies().getFirst().policy().metadata().generation()).contains(2L);
        api.admin().delete(Cluster.path(team, "a"));
        await(source, now -> now.policies().isEmpty() && now.invalid().isEmpty());
    }

    @Test
    void theTargetForEveryRequestIsRefused() {
        api.apply(Cluster.policy(team, "a", "{group: gateway.networking.k8s.io, kind: Gateway, name: edge}", "first"));
        var source = open(api.url().toString(), api.adminToken(), Optional.empty());
        var wide = api.tryApply(Yaml.documents(Cluster.policy(team, "b", "{group: gateway.networking.k8s.io, kind: Gateway, name: \"*\"}", "first")).getFirst(), "");
        if (wide.isOk()) {
            await(source, now -> !now.invalid().isEmpty());
        }
        assertThat(source.current().policies()).extracting(policy -> policy.policy().metadata().name()).containsExactly("a");
    }

    @Test
    void anOutageChangesNothingAndEndsByItself() throws IOException {
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        try (Cable cable = new Cable(api.url())) {
            var source = open(cable.url(), api.adminToken(), Optional.empty());
            long revision = source.current().revision();
            cable.cut();
            api.apply(Cluster.policy(team, "a", EDGE, "second"));
            assertThat(Cluster.eventually(cable::refused, count -> count >= 4)).isGreaterThanOrEqualTo(4);
            assertThat(inForce(source)).isEqualTo("first");
            assertThat(source.current().revision()).isEqualTo(revision);
            cable.mend();
            await(source, now -> inForce(source).equals("second"));
        }
    }

    @Test
    void withoutAServerTheSavedStateHolds() throws IOException {
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.route(team, "chat", "{name: edge}", "a.example.com", "{name: own, port: 80}"));
        api.apply(Cluster.policy(team, "a", EDGE, "first"));
        var before = open(api.url().toString(), api.adminToken(), Optional.of(disk));
        api.apply(Cluster.policy(team, "a", EDGE, "refused"));
        await(before, now -> !now.invalid().isEmpty());
        clusters.removeFirst().close();
        try (Cable cable = new Cable(api.url())) {
            cable.cut();
            var source = open(cable.url(), api.adminToken(), Optional.of(disk));
            assertThat(inForce(source)).isEqualTo("first");
            assertThat(source.current().routes()).extracting(route -> route.metadata().name()).containsExactly("chat");
            cable.mend();
            await(source, now -> !now.invalid().isEmpty());
            assertThat(inForce(source)).isEqualTo("first");
        }
    }

    @Test
    void aRouteThatNoGatewayTakesDecidesNothing() {
        api.apply(Cluster.gateway(team, "edge", "Same"));
        api.apply(Cluster.route(team, "chat", "{name: edge}", "a.example.com", "{name: own, port: 80}"));
        api.apply(Cluster.route(team, "stray", "{name: nowhere}", "a.example.com", "{name: own, port: 80}"));
        var source = open(api.url().toString(), api.adminToken(), Optional.empty());
        assertThat(source.current().routes()).extracting(route -> route.metadata().name()).containsExactly("chat");
    }

    private static String inForce(PolicySource<PromptGuardPolicy, String> source) {
        return source.current().policies().stream().map(CompiledPolicy::compiled).findFirst().orElse("");
    }

    private PolicySource<PromptGuardPolicy, String> open(String url, String token, Optional<Path> snapshot) {
        ClusterPolicies cluster = new ClusterPolicies(Cluster.client(api, url, token), new ClusterSettings(Set.of(team), snapshot, Optional.empty()),
                failure -> {});
        clusters.add(cluster);
        var source = cluster.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        cluster.start();
        cluster.ready().orTimeout(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return source;
    }

    private static void await(PolicySource<PromptGuardPolicy, String> source, Predicate<Snapshot<PromptGuardPolicy, String>> condition) {
        assertThat(condition.test(Cluster.eventually(source::current, condition))).isTrue();
    }
}
