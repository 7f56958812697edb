package dev.gatehouse.it.cache;

import static dev.gatehouse.it.cache.CacheBed.chat;
import static dev.gatehouse.it.cache.CacheBed.finish;
import static dev.gatehouse.it.cache.CacheBed.saying;
import static dev.gatehouse.it.cache.CacheBed.stream;
import static dev.gatehouse.it.cache.CacheBed.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.cache.CacheBed.Answer;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend.Script;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Adversarial case 14: what did not end well is never served to anybody. And 9: nor to another tenant what did. */
class UnfinishedAnswersTest {

    private static final Script LATER = saying("A later answer.");

    private static CacheBed bed;

    @BeforeAll
    static void start() throws Exception {
        CacheBed.assumeEnvoy();
        bed = CacheBed.start("cache-unfinished", Map.of("SemanticCachePolicy", CacheBed.POLICY), Member.of("cache"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(CacheBed::close);
    }

    @Test
    void aWholeStreamIsServedAgainSoThatTheOtherTestsCanFail() throws Exception {
        assertThat(bed.ask("ann", stream("What is whole?"), streaming("All of it.", finish("stop"), "[DONE]"), "x-tenant", "a").cache()).isEqualTo("miss");
        Answer again = bed.ask("bob", chat("What is whole?"), LATER, "x-tenant", "a");
        assertThat(again.cache()).isEqualTo("hit");
        assertThat(again.body()).contains("All of it.");
        assertThat(again.model()).isEmpty();
    }

    @Test
    void anotherTenantIsNotServed() throws Exception {
        bed.ask("ann", chat("What is ours alone?"), saying("A secret."), "x-tenant", "a");
        assertThat(bed.ask("ann", chat("What is ours alone?"), saying("Nothing."), "x-tenant", "b").body()).contains("Nothing.");
        assertThat(bed.ask("ann", chat("What is ours alone?"), saying("Nothing."), "x-tenant", "a").body()).contains("A secret.");
    }

    @Test
    void aTenantThatAClientClaimsInMetadataOrOurHeadersIsNotBelieved() throws Exception {
        bed.ask("ann", chat("What do we plan?"), saying("To grow."), "x-tenant", "a");
        Answer other = bed.ask("eve", chat("What do we plan?"), saying("Nothing."), "x-tenant", "e", "x-gatehouse-tenant", "a", "x-gatehouse-cache", "hit");
        assertThat(other.body()).contains("Nothing.");
        assertThat(other.cache()).isEqualTo("miss");
    }

    @Test
    void aStreamThatBreaksOffIsNotKept() throws Exception {
        Script broken = new Script(200, Map.of("content-type", "text/event-stream"), streaming("Half of").chunks(), Duration.ZERO, true);
        expectNotKept("What breaks off?", broken);
    }

    @Test
    void aStreamThatEndsWithoutItsLastWordIsNotKept() throws Exception {
        expectNotKept("What just ends?", streaming("Half of"));
    }

    @Test
    void aStreamWithAnErrorInItIsNotKept() throws Exception {
        expectNotKept("What fails?", streaming("Half of", "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}", "[DONE]"));
    }

    @Test
    void aStreamThatAFilterEndedIsNotKept() throws Exception {
        expectNotKept("What is filtered?", streaming("Half of", finish("content_filter"), "[DONE]"));
    }

    @Test
    void aWholeAnswerThatBreaksOffIsNotKept() throws Exception {
        Script whole = saying("Half of");
        byte[] half = Arrays.copyOf(whole.chunks().getFirst(), 80);
        expectNotKept("What is cut?", new Script(200, Map.of("content-type", "application/json"), List.of(half), Duration.ZERO, true));
    }

    @Test
    void anAnswerThatTheClientDidNotWaitForIsNotKept() throws Exception {
        String id = Client.newTestId();
        bed.chain().backend().script(id, streaming("word ".repeat(400).strip(), finish("stop"), "[DONE]").every(Duration.ofMillis(10)));
        HttpRequest request = Client.chat(bed.chain().listener(Attached.FULL_DUPLEX_STREAMED), id, stream("What is left?").getBytes())
                .header("x-user", "ann").header("x-tenant", "a").build();
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                InputStream body = http.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(body.readNBytes(100)).hasSize(100);
        }
        bed.untilIdle();
        Answer later = bed.ask("bob", chat("What is left?"), LATER, "x-tenant", "a");
        assertThat(later.body()).contains("A later answer.");
    }

    private static void expectNotKept(String question, Script unfinished) throws Exception {
        try {
            bed.ask("ann", unfinished.headers().get("content-type").startsWith("text") ? stream(question) : chat(question), unfinished, "x-tenant", "a");
        } catch (IOException cut) {
            bed.untilIdle();
        }
        Answer later = bed.ask("bob", chat(question), LATER, "x-tenant", "a");
        assertThat(later.cache()).isEqualTo("miss");
        assertThat(later.body()).contains("A later answer.");
        assertThat(later.model()).isPresent();
    }
}
