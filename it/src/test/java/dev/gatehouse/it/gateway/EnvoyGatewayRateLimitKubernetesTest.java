package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Await;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Machine;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import dev.gatehouse.it.chain.Redis;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate limit service as that of a real Envoy Gateway's global rate limit, started as Envoy Gateway starts envoyproxy/ratelimit: limits come
 * from Envoy Gateway over xDS, questions from Envoy, both over mutual TLS. Rules and the order of filters are the attachment chart's, with
 * the guard behind it.
 */
class EnvoyGatewayRateLimitKubernetesTest {

    private static final String APPS = "default";
    private static final String SYSTEM = "envoy-gateway-system";

    @TempDir
    private static Path home;

    private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();
    private static KubernetesApi api;
    private static Applied applied;
    private static GatewaySide side;

    @BeforeAll
    static void start() throws Exception {
        EnvoyGatewayFront.assumePrograms();
        assumeTrue(Redis.binary().isPresent(), "GATEHOUSE_REDIS_SERVER names no redis-server");
        api = KubernetesApi.require();
        api.install(Yaml.folder(Binaries.envoyGatewayCrds()));
        List.of(SYSTEM, APPS).forEach(api::namespace);
        applied = started(new Applied(api));
        Path config = Policies.one("envoy-gateway-ratelimit", "timeout: 5s\nrules: [{name: no-city, action: Block, patterns: [{name: city, pattern: timbuktu}]}]");
        Replica guard = started(new Replica("envoy-gateway-ratelimit-guard", Member.of("guard"), config));
        Replica limits = started(new Replica("envoy-gateway-ratelimit-service", Member.of("ratelimit").with(asEnvoyGatewayStartsIt(started(Redis.start("envoy-gateway-ratelimit-redis")))), home));
        Backend backend = started(new Backend());
        side = new GatewaySide(APPS, Map.of("http", Ports.free()), backend.port());
        applied.all(side.objects(config));
        applied.one(side.backend("guard", guard.grpcPort()));
        applied.all(Yaml.documents(SERVICE.formatted(SYSTEM, limits.grpcPort(), Machine.address().getHostAddress())));
        attach();
        guard.ready();
        started(EnvoyGateway.onApi("envoy-gateway-ratelimit", api.kubeconfig(api.adminToken()), "rateLimit: {backend: {type: Redis, redis: {url: nobody}}, failClosed: true, timeout: 5s}\n"))
                .ready(side.listener("http"));
        limits.ready();
    }

    /** What Envoy Gateway makes for its rate limit's Deployment, which its host mode does not. */
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: envoy-ratelimit, namespace: %1$s}
            spec: {ports: [{name: http, port: 8081, protocol: TCP}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: envoy-ratelimit-1, namespace: %1$s, labels: {kubernetes.io/service-name: envoy-ratelimit}}
            addressType: IPv4
            ports: [{name: http, port: %2$d, protocol: TCP}]
            endpoints: [{addresses: ["%3$s"], conditions: {ready: true}}]
            """;

    /** The variables of that Deployment, with this machine's addresses and files. */
    private static Map<String, String> asEnvoyGatewayStartsIt(Redis redis) throws IOException {
        String certificates = EnvoyGateway.rateLimitCertificates() + "/";
        Map<String, String> all = new HashMap<>(Map.of("RUNTIME_ROOT", "/data", "RUNTIME_SUBDIRECTORY", "ratelimit", "RUNTIME_IGNOREDOTFILES", "true",
                "RUNTIME_WATCH_ROOT", "false", "LOG_LEVEL", "info", "USE_STATSD", "false", "FORCE_START_WITHOUT_INITIAL_CONFIG", "true",
                "REDIS_SOCKET_TYPE", "tcp", "REDIS_URL", redis.url().substring("redis://".length())));
        all.putAll(Map.of("CONFIG_TYPE", "GRPC_XDS_SOTW", "CONFIG_GRPC_XDS_SERVER_URL", "localhost:18001", "CONFIG_GRPC_XDS_NODE_ID", "envoy-ratelimit",
                "CONFIG_GRPC_XDS_SERVER_USE_TLS", "true", "CONFIG_GRPC_XDS_SERVER_TLS_SAN", "envoy-gateway", "CONFIG_GRPC_XDS_CLIENT_TLS_CERT", certificates + "tls.crt",
                "CONFIG_GRPC_XDS_CLIENT_TLS_KEY", certificates + "tls.key", "CONFIG_GRPC_XDS_SERVER_TLS_CACERT", certificates + "ca.crt"));
        all.putAll(Map.of("GRPC_SERVER_USE_TLS", "true", "GRPC_SERVER_TLS_CERT", certificates + "tls.crt", "GRPC_SERVER_TLS_KEY", certificates + "tls.key",
                "GRPC_SERVER_TLS_CA_CERT", certificates + "ca.crt", "GATEHOUSE_BIND", "0.0.0.0", "PORT", String.valueOf(Ports.free()), "DEBUG_PORT", String.valueOf(Ports.free())));
        return all;
    }

    /** Rules, order of filters and the guard's callout as the chart renders them. The order goes into the EnvoyProxy that the class names already. */
    private static void attach() {
        String rule = "envoyGateway.rateLimitRules[0].";
        List<JsonNode> objects = new Helm(home, APPS).template("gatehouse-attachment", "attachment", List.of("gateway=envoy-gateway", "features={ratelimit,guard}",
                "targets[0].name=local", "messageTimeout=10s", "services.ratelimit.protocol=RateLimit", "services.guard.backendRef.group=gateway.envoyproxy.io",
                "services.guard.backendRef.kind=Backend", "services.guard.backendRef.name=guard", rule + "clientSelectors[0].headers[0].name=x-team",
                rule + "clientSelectors[0].headers[0].type=Distinct", rule + "limit.requests=2", rule + "limit.unit=Day", "envoyGateway.envoyProxy.create=true"));
        applied.all(objects);
        JsonNode order = objects.stream().map(object -> object.path("spec").path("filterOrder")).filter(JsonNode::isArray).findFirst().orElseThrow();
        api.admin().merge("/apis/gateway.envoyproxy.io/v1alpha1/namespaces/" + APPS + "/envoyproxies/host", "{\"spec\": {\"filterOrder\": " + order + "}}").orThrow();
    }

    @AfterAll
    static void stop() throws Exception {
        while (!STARTED.isEmpty()) {
            STARTED.pop().close();
        }
    }

    private static <T extends AutoCloseable> T started(T part) {
        STARTED.push(part);
        return part;
    }

    @Test
    void aTeamHasTheRequestsThatEnvoyGatewaysRuleGivesIt() throws Exception {
        limited();
        assertThat(ask("red", "hi")).isEqualTo(200);
        assertThat(ask("red", "hi")).isEqualTo(200);
        assertThat(ask("red", "hi")).isEqualTo(429);
        assertThat(ask("blue", "hi")).isEqualTo(200);
    }

    /** By default Envoy Gateway's rate limit stands behind the callouts, and the guard would have blocked it. */
    @Test
    void whatTheRateLimitRefusesIsNotJudged() throws Exception {
        limited();
        assertThat(ask("green", "Tell me about timbuktu")).isEqualTo(400);
        assertThat(ask("green", "Tell me about timbuktu")).isEqualTo(400);
        assertThat(ask("green", "Tell me about timbuktu")).isEqualTo(429);
    }

    /** Waits until the guard is warm and the limits have come from Envoy Gateway. */
    private static void limited() throws Exception {
        Await.until("a request passes", () -> ask(Client.newTestId(), "hi") == 200);
        String team = Client.newTestId();
        Await.until("a team is limited", () -> ask(team, "hi") == 429);
    }

    private static int ask(String team, String text) throws Exception {
        return Client.send(Client.chat(side.listener("http"), Client.newTestId(), Client.prompt(text)).header("x-team", team)).statusCode();
    }
}
