package dev.gatehouse.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All services on one Gateway of a real gateway implementation, by one attachment. */
interface ChainContract {

    List<String> CHAIN = List.of("ratelimit", "guard", "cache", "semantic-router", "response-risk");
    Duration PATIENCE = Duration.ofSeconds(20);

    Host host();

    GatewayFront front();

    /** Starts all services and the gateway. */
    static GatewayFront start(Host host) throws Exception {
        host.assumePrograms();
        String name = host.label() + "-chain";
        Path key = Files.writeString(Path.of("target", name + ".key"), "a key that all services of a test share");
        Map<String, String> shared = Map.of("GATEHOUSE_HASH_KEY_FILE", key.toAbsolutePath().toString());
        return host.start(name, config(name), CHAIN.stream().map(service -> Member.of(service).with(shared)).toArray(Member[]::new));
    }

    /** A policy of each kind, and a route by the model that the router chooses. */
    private static Path config(String name) throws IOException {
        Path config = Policies.routes(name);
        Files.writeString(config.resolve("coder.yaml"), """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: coder}
                spec:
                  parentRefs: [{name: local}]
                  rules: [{matches: [{headers: [{name: x-gateway-model-name, value: coder}]}]}]
                """);
        Policies.write(config, "TokenRateLimitPolicy", "chain", """
                timeout: 5s
                limits: [{name: calls, key: [{header: x-team}], quota: {amount: 2, unit: Requests, window: 24h, algorithm: FixedWindow}}]
                """);
        Policies.write(config, "PromptGuardPolicy", "chain", "timeout: 5s\nrules: [{name: mail, action: Mask, pii: {entities: [EMAIL]}}]\n");
        Policies.write(config, "SemanticCachePolicy", "chain", """
                timeout: 5s
                expose: true
                scope: Namespace
                onUnguarded: Bypass
                requireInspection: true
                identity:
                  principal: [{header: {name: x-user, setBy: {name: "*"}}}]
                  tenant: [{header: {name: x-tenant, setBy: {name: "*"}}}]
                """);
        Policies.write(config, "SemanticRoutingPolicy", "chain", """
                timeout: 5s
                when: model == 'auto'
                routes:
                  - name: code
                    examples: [Write a function that sorts a list in Java, Explain this stack trace, Fix the compiler error in my Rust program]
                    target: {model: coder}
                  - name: chat
                    examples: ["What should I cook for dinner tonight?", Tell me a story about a dragon, Plan a weekend trip to the sea]
                    target: {model: talker}
                """);
        // It stands behind the router and sees the route that is chosen again, so its policy is the Gateway's.
        Files.writeString(config.resolve("ResponseRiskPolicy.yaml"), """
                apiVersion: gatehouse.dev/v1alpha1
                kind: ResponseRiskPolicy
                metadata: {name: chain}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: local}]
                  timeout: 5s
                  rules: [{name: cards, action: Mask, pii: {entities: [CREDIT_CARD]}}]
                """);
        return config;
    }

    @Test
    default void aRequestPassesTheServicesInTheirOrderAndNoneFindsItWrong() throws Exception {
        String id = Client.newTestId();
        assertThat(ask(id, "What is a good name for a cat?", "order").statusCode()).isEqualTo(200);
        Backend.Received received = front().backend().received(id).orElseThrow();
        assertThat(received.headers().get("X-test-path")).containsExactly(String.join(",", CHAIN));
        for (String service : CHAIN) {
            assertThat(Metrics.read(front().service(service).management()).sum("gatehouse_exchanges_out_of_order_total", "")).as(service).isZero();
        }
    }

    @Test
    default void theRouteIsChosenAgainByTheModelThatTheRouterChose() throws Exception {
        assertThat(routeOf("Write a function that sorts a map by its values in Java")).startsWith(host().routeName("coder"));
        assertThat(routeOf("Tell me a story about a knight and a dragon")).startsWith(host().routeName("all"));
    }

    private String routeOf(String text) throws Exception {
        String id = Client.newTestId();
        assertThat(ask(id, text, id).statusCode()).isEqualTo(200);
        return front().backend().received(id).orElseThrow().headers().get("X-test-route").getFirst();
    }

    @Test
    default void theModelSeesNoMailTheClientNoCardAndTheNextUserGetsTheAnswerFromTheCacheWithItsOwnMail() throws Exception {
        String id = Client.newTestId();
        front().backend().script(id, Backend.Script.json("""
                {"model":"coder","choices":[{"index":0,"message":{"role":"assistant","content":"Mail [EMAIL_1], pay with 4111 1111 1111 1111."},"finish_reason":"stop"}]}"""));
        HttpResponse<String> first = ask(id, "Write a Java function that mails the sorted list to ada@example.org", "ada");
        assertThat(front().backend().received(id).orElseThrow().text()).contains("sorted list to [EMAIL_1]").contains("\"model\":\"coder\"");
        assertThat(first.body()).contains("Mail ada@example.org, pay with [REDACTED_CREDIT_CARD].");
        assertThat(first.headers().firstValue("x-gatehouse-cache")).hasValue("miss");
        HttpResponse<String> second = untilCached("Write a Java function that mails the sorted list to bob@example.net");
        assertThat(second.body()).contains("Mail bob@example.net, pay with [REDACTED_CREDIT_CARD].").doesNotContain("ada@");
    }

    @Test
    default void whoIsOverTheLimitIsJudgedByNobody() throws Exception {
        ask(Client.newTestId(), "Name a river.", "spender");
        ask(Client.newTestId(), "Name a mountain.", "spender");
        double judged = judgements();
        String id = Client.newTestId();
        HttpResponse<String> third = ask(id, "Name a lake, ada@example.org.", "spender");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(front().backend().received(id)).isEmpty();
        assertThat(judgements()).isEqualTo(judged);
    }

    private double judgements() throws Exception {
        return Metrics.read(front().service("guard").management()).sum("gatehouse_guard_verdicts_total", "");
    }

    /** An answer is cached when the client has it already: each attempt is of a team of its own. */
    private HttpResponse<String> untilCached(String text) throws Exception {
        Instant latest = Instant.now().plus(PATIENCE);
        return Stream.generate(() -> attempt(text)).filter(response -> response.headers().firstValue("x-gatehouse-cache").equals(Optional.of("hit"))
                || Instant.now().isAfter(latest)).findFirst().orElseThrow();
    }

    private HttpResponse<String> attempt(String text) {
        try {
            return ask(Client.newTestId(), text, Client.newTestId(), "cache-control", "only-if-cached");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> ask(String id, String text, String team, String... headers) throws Exception {
        byte[] body = ("{\"model\":\"auto\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}").getBytes();
        var request = Client.chat(front().ways().getFirst().listener(), id, body).headers("x-team", team, "x-user", team, "x-tenant", "all");
        return Client.send(headers.length == 0 ? request : request.headers(headers));
    }
}
