package dev.gatehouse.it.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The router among the others: rate limit, guard, cache, router, response-risk. */
class ChainTest {

    private static final Attached WAY = Attached.FULL_DUPLEX_STREAMED;
    private static RouterBed bed;
    private static RouterBed limits;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes("router-chain");
        Policies.write(config, "SemanticRoutingPolicy", "chain", "when: model == 'auto'\nbudgets: Skip\n" + RouterBed.ROUTES);
        Policies.write(config, "SemanticCachePolicy", "chain", """
                timeout: 5s
                identity: {principal: [{header: {name: x-user, setBy: {name: "*"}}}]}
                onUnguarded: Allow
                """);
        Policies.write(config, "PromptGuardPolicy", "chain", "timeout: 5s\nrules: [{name: pii, action: Mask, pii: {entities: [EMAIL]}}]\n");
        Policies.write(config, "ResponseRiskPolicy", "chain", "timeout: 5s\nrules: [{name: pii, action: Mask, pii: {}}]\n");
        Policies.write(config, "TokenRateLimitPolicy", "chain", """
                timeout: 5s
                limits:
                  - {name: coder-a-day, when: model == 'coder', key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 24h, algorithm: FixedWindow}}
                """);
        String key = RouterBed.key("router-chain");
        Map<String, String> shared = Map.of("GATEHOUSE_HASH_KEY_FILE", key);
        limits = RouterBed.start("router-chain-limits", config, Member.of("ratelimit").with(shared));
        int budgets = limits.chain().service("ratelimit").grpcPort();
        bed = RouterBed.start("router-chain", config, Member.of("guard").with(shared), Member.of("cache").with(Map.of("GATEHOUSE_HASH_KEY_FILE", key, "GATEHOUSE_EMBEDDING_DEADLINE", "10s")),
                RouterBed.router("router-chain", Map.of("GATEHOUSE_BUDGETS_SERVER", "127.0.0.1:" + budgets, "GATEHOUSE_BUDGETS_DEADLINE", "2s")), Member.of("response-risk").with(shared));
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
            limits.close();
        }
    }

    @Test
    void theRouterTakesTheVectorThatTheCacheMade() throws Exception {
        double made = embeddings("made");
        double handedOver = embeddings("handed_over");
        String id = Client.newTestId();
        HttpResponse<String> answer = bed.ask(WAY, id, RouterBed.CODE, "x-user", "ada", "x-team", "one");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(bed.reached(id)).isEqualTo("coder");
        assertThat(embeddings("handed_over")).isEqualTo(handedOver + 1);
        assertThat(embeddings("made")).isEqualTo(made);
    }

    @Test
    void aVectorThatAClientClaimsIsNotBelievedAndDoesNotReachTheModel() throws Exception {
        double made = embeddings("made");
        double handedOver = embeddings("handed_over");
        String id = Client.newTestId();
        bed.ask(WAY, id, RouterBed.CODE + " quickly", "x-team", "nine", "x-gatehouse-embedding", "AAAA", "x-gatehouse-embedding-scale", "1",
                "x-gatehouse-embedding-model", "bge-small-en-v1.5-q/1", "x-gatehouse-embedding-text", "LastUser");
        assertThat(bed.reached(id)).isEqualTo("coder");
        assertThat(embeddings("made")).as("its user is unknown, so the cache made none").isEqualTo(made + 1);
        assertThat(embeddings("handed_over")).isEqualTo(handedOver);
        assertThat(bed.received(id).headers().keySet()).noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-gatehouse-embedding"));
    }

    private static double embeddings(String from) throws Exception {
        return Metrics.read(bed.chain().service("semantic-router").management()).sum("gatehouse_router_embeddings_total", "from=\"" + from + "\"");
    }

    @Test
    void aMaskedPromptIsRoutedMasked() throws Exception {
        String id = Client.newTestId();
        bed.ask(WAY, id, "Write a Java function that mails the sorted list to ada@example.org", "x-user", "bob", "x-team", "two");
        assertThat(bed.received(id).text()).contains("[EMAIL_1]").contains("\"model\":\"coder\"");
    }

    @Test
    void aCandidateWhoseBudgetIsSpentIsSkippedAndTheNextIsChosen() throws Exception {
        String spent = Client.newTestId();
        limits.send(WAY, spent, RouterBed.body("coder", RouterBed.CODE), "x-team", "blue");
        String id = Client.newTestId();
        bed.ask(WAY, id, "Fix the compiler error in my Rust program please", "x-team", "blue");
        assertThat(bed.reached(id)).isEqualTo("talker");
        String other = Client.newTestId();
        bed.ask(WAY, other, "Fix the compiler error in my Rust program please", "x-team", "green");
        assertThat(bed.reached(other)).isEqualTo("coder");
        String why = RouterBed.explain(bed.chain().service("semantic-router"),
                "{\"text\": \"Fix the compiler error in my Rust program\", \"headers\": {\"x-team\": \"blue\"}}").path("signals").path("skipped").path("coder").asText();
        assertThat(why).isEqualTo("limit chain/coder-a-day: 0 of 1 left");
    }
}
