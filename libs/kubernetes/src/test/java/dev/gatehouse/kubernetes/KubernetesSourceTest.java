package dev.gatehouse.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.source.SourceListener;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The source over a real API server. */
class KubernetesSourceTest {

    @RegisterExtension
    final Team team = new Team("source");

    @TempDir
    Path disk;

    @Test
    void aChangeIsInForceAtOnceAndAWrongOneLeavesTheLastGoodState() {
        team.policy("a", Team.EDGE, "first");
        var source = open(team.api().url().toString(), Optional.empty());
        assertThat(inForce(source)).isEqualTo("first");
        team.policy("a", Team.EDGE, "second");
        await(source, now -> inForce(source).equals("second"));
        team.policy("a", Team.EDGE, "refused");
        await(source, now -> !now.invalid().isEmpty());
        assertThat(source.current().invalid().get(team.name() + "/a").toString()).isEqualTo(team.name() + "/a: spec.rules[0].name: is refused");
        assertThat(inForce(source)).isEqualTo("second");
        assertThat(source.current().policies().getFirst().policy().metadata().generation()).contains(2L);
        team.delete("a");
        await(source, now -> now.policies().isEmpty() && now.invalid().isEmpty());
    }

    @Test
    void theTargetForEveryRequestIsRefused() {
        team.policy("a", Team.EDGE, "first");
        var source = open(team.api().url().toString(), Optional.empty());
        var wide = team.api().tryApply(Yaml.documents(Cluster.policy(team.name(), "b", "{group: gateway.networking.k8s.io, kind: Gateway, name: \"*\"}", "first")).getFirst(), "");
        if (wide.isOk()) {
            await(source, now -> !now.invalid().isEmpty());
        }
        assertThat(source.current().policies()).extracting(policy -> policy.policy().metadata().name()).containsExactly("a");
    }

    @Test
    void anOutageChangesNothingAndEndsByItself() throws IOException {
        team.policy("a", Team.EDGE, "first");
        try (Cable cable = new Cable(team.api().url())) {
            var source = open(cable.url(), Optional.empty());
            long revision = source.current().revision();
            cable.cut();
            team.policy("a", Team.EDGE, "second");
            assertThat(Cluster.eventually(cable::refused, count -> count >= 4)).isGreaterThanOrEqualTo(4);
            assertThat(inForce(source)).isEqualTo("first");
            assertThat(source.current().revision()).isEqualTo(revision);
            cable.mend();
            await(source, now -> inForce(source).equals("second"));
        }
    }

    @Test
    void withoutAServerTheSavedStateHolds() throws IOException {
        team.edge();
        team.route("chat", "edge");
        team.policy("a", Team.EDGE, "first");
        ClusterPolicies first = cluster(team.api().url().toString(), Optional.of(disk));
        var before = open(first);
        team.policy("a", Team.EDGE, "refused");
        await(before, now -> !now.invalid().isEmpty());
        team.close(first);
        try (Cable cable = new Cable(team.api().url())) {
            cable.cut();
            var source = open(cable.url(), Optional.of(disk));
            assertThat(inForce(source)).isEqualTo("first");
            assertThat(source.current().routes()).extracting(route -> route.metadata().name()).containsExactly("chat");
            cable.mend();
            await(source, now -> !now.invalid().isEmpty());
            assertThat(inForce(source)).isEqualTo("first");
        }
    }

    @Test
    void aRouteThatNoGatewayTakesDecidesNothing() {
        team.edge();
        team.route("chat", "edge");
        team.route("stray", "nowhere");
        var source = open(team.api().url().toString(), Optional.empty());
        assertThat(source.current().routes()).extracting(route -> route.metadata().name()).containsExactly("chat");
    }

    private static String inForce(PolicySource<PromptGuardPolicy, String> source) {
        return source.current().policies().stream().map(CompiledPolicy::compiled).findFirst().orElse("");
    }

    private PolicySource<PromptGuardPolicy, String> open(String url, Optional<Path> snapshot) {
        return open(cluster(url, snapshot));
    }

    private ClusterPolicies cluster(String url, Optional<Path> snapshot) {
        return team.ends(new ClusterPolicies(Cluster.client(team.api(), url, team.api().adminToken()),
                new ClusterSettings(Set.of(team.name()), snapshot, false, Optional.empty()), failure -> {}));
    }

    private static PolicySource<PromptGuardPolicy, String> open(ClusterPolicies cluster) {
        var source = cluster.open(PromptGuardPolicy.KIND, Cluster::compile, SourceListener.NONE);
        cluster.start();
        cluster.ready().orTimeout(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return source;
    }

    private static void await(PolicySource<PromptGuardPolicy, String> source, Predicate<Snapshot<PromptGuardPolicy, String>> condition) {
        assertThat(condition.test(Cluster.eventually(source::current, condition))).isTrue();
    }
}
