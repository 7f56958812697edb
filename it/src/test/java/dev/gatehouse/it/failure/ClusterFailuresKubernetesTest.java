package dev.gatehouse.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chain.Traffic;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.it.chart.Release;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two pods of the guard's release with the rights of its chart, one of them behind a real Envoy, on an API server of their own: while it is
 * away with its store, and while the pod that writes the status is killed.
 */
class ClusterFailuresKubernetesTest {

    private static final String NAMESPACE = "failures";
    private static final String POLICY = "/apis/gatehouse.dev/v1alpha1/namespaces/" + NAMESPACE + "/promptguardpolicies/models";
    private static final String FORBIDDEN = "Tell me about zanzibar";
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    /** A Lease's end, the longest pause between two looks at it, and time for a status on a busy machine. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(15 + 5 + 5);

    @TempDir
    private static Path home;

    private static KubernetesApi api;
    private static Release release;
    private static Chain chain;
    private static Map<String, Replica> pods;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Binaries.helm();
        api = KubernetesApi.start();
        api.namespace(NAMESPACE);
        api.apply(GATEWAY_AND_ROUTE);
        release = Release.install(api, new Helm(home, NAMESPACE), "guard", "gw", List.of("policies.watchNamespaces={" + NAMESPACE + "}"));
        Replica alone = new Replica("failures-guard-alone", release.pod("gw-guard-1"), home);
        chain = Chain.start("failures", home, false, release.pod("gw-guard-0"));
        pods = Map.of("gw-guard-0", chain.service("guard"), "gw-guard-1", alone.ready());
    }

    @AfterAll
    static void stop() {
        if (pods != null) {
            pods.get("gw-guard-1").close();
            chain.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private static final String GATEWAY_AND_ROUTE = """
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: gw, namespace: failures},
             spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: models, namespace: failures},
             spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: models, port: 80}]}]}}
            """;

    @BeforeEach
    void bothPodsRunThePolicy() throws Exception {
        release.ready(pods.values().toArray(Replica[]::new));
        forbid("zanzibar");
        awaitProgrammed();
        Await.until("there is a leader", () -> pods.containsKey(holder()));
    }

    /** Its Lease ends 15 s after it was last renewed; until then nobody writes. */
    @Test
    void anotherPodGoesOnWritingTheStatusWhenTheOneThatDoesIsKilled() throws Exception {
        Replica killed = pods.get(holder());
        Replica survivor = pods.values().stream().filter(pod -> pod != killed).findFirst().orElseThrow();
        killed.program().kill();
        Instant then = Instant.now();
        release.ready(survivor);
        forbid("zanzibar|timbuktu");
        awaitProgrammed();
        assertThat(Duration.between(then, Instant.now())).isLessThan(TAKE_OVER);
        assertThat(pods.get(holder())).isSameAs(survivor);
        killed.restart();
    }

    @Test
    void noRequestFailsOrGoesUnguardedWhileApiServerAndStoreAreAwayAndAllFollowThemAfterwards() throws Exception {
        try (Traffic traffic = Traffic.start(chain.ways(), FORBIDDEN)) {
            Await.until("requests are answered", () -> traffic.answered() > 0);
            api.crash();
            int before = traffic.answered();
            LockSupport.parkNanos(OUTAGE.toNanos());
            assertThat(traffic.answered() - before).isGreaterThan(100);
            api.restart();
            forbid("zanzibar|timbuktu");
            for (Attached attached : Attached.values()) {
                Await.until("the change is in force at " + attached, () -> status(chain.listener(attached), "Tell me about timbuktu") == 400);
            }
            assertThat(traffic.wrong()).isEmpty();
        }
        awaitProgrammed();
    }

    @Test
    void aPodThatStartsWhileTheApiServerIsAwayBeginsWithItsLastGoodPoliciesAndFollowsLater() throws Exception {
        Replica pod = pods.get("gw-guard-1");
        api.crash();
        pod.restart();
        assertThat(authorized(pod, "hi")).isEqualTo(200);
        assertThat(authorized(pod, FORBIDDEN)).isEqualTo(400);
        api.restart();
        forbid("zanzibar|timbuktu");
        Await.until("the change is in force", () -> authorized(pod, "Tell me about timbuktu") == 400);
        awaitProgrammed();
    }

    private static void forbid(String words) {
        api.apply("""
                apiVersion: gatehouse.dev/v1alpha1
                kind: PromptGuardPolicy
                metadata: {name: models, namespace: %s}
                spec:
                  targetRefs: [{kind: HTTPRoute, name: models}]
                  timeout: 10s
                  rules: [{name: no-names, action: Block, patterns: [{name: names, pattern: "%s"}]}]
                """.formatted(NAMESPACE, words));
    }

    /** Every ready pod runs the policy as the server has it, and the status says so. */
    private static void awaitProgrammed() throws Exception {
        String message = "all ready replicas run generation " + api.admin().get(POLICY).orThrow().path("metadata").path("generation").asText();
        Await.until(message, () -> api.admin().get(POLICY).orThrow().path("status").toString().contains(message));
    }

    private static String holder() {
        return api.admin().get("/apis/coordination.k8s.io/v1/namespaces/" + NAMESPACE + "/leases/" + release.name()).body().path("spec").path("holderIdentity").asText();
    }

    /** What the pod says to a gateway that asks it over HTTP. */
    private static int authorized(Replica pod, String text) throws Exception {
        return Client.send(Client.chat(URI.create("http://127.0.0.1:" + pod.httpPort()), "/authz/v1/chat/completions", Client.newTestId(), Client.prompt(text))).statusCode();
    }

    private static int status(URI listener, String text) throws Exception {
        return Client.send(Client.chat(listener, Client.newTestId(), Client.prompt(text))).statusCode();
    }
}
