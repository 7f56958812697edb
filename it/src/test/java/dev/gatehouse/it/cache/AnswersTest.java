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
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Adversarial case 15: an answer is replayed in the form that the client asks for, whatever it came in, behind a service that walks it. And 14: what did not end
 * well is never served to anybody. And 9: nor to another tenant what did.
 */
class AnswersTest {

    private static final String TEXT = "Rome is the capital of Italy, \\\"caput mundi\\\" \u4e2d\uD83D\uDE00.";
    private static final String READ = "Rome is the capital of Italy, \"caput mundi\" \u4e2d\uD83D\uDE00.";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Capital of Italy?\"}]";

    private static final Script LATER = saying("A later answer.");

    private static CacheBed bed;

    /** A format, how to ask for a whole answer and for a stream, and a whole answer of its provider. */
    private record Provider(Format format, String path, String streamPath, String body, String streamBody, String answer) {
        @Override
        public String toString() {
            return format.name();
        }
    }

    static List<Provider> providers() {
        String contents = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Capital of Italy?\"}]}]}";
        String converse = "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Capital of Italy?\"}]}]}";
        return List.of(
                new Provider(Format.OPENAI_CHAT, "/v1/chat/completions", "/v1/chat/completions", "{\"model\":\"m\"," + MESSAGES + "}",
                        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}," + MESSAGES + "}",
                        "{\"model\":\"m-1\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"" + TEXT
                                + "\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5}}"),
                new Provider(Format.OPENAI_RESPONSES, "/v1/responses", "/v1/responses", "{\"model\":\"m\",\"store\":false,\"input\":\"Capital of Italy?\"}",
                        "{\"model\":\"m\",\"stream\":true,\"store\":false,\"input\":\"Capital of Italy?\"}",
                        "{\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m-1\",\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":"
                                + "[{\"type\":\"output_text\",\"text\":\"" + TEXT + "\"}]}],\"usage\":{\"input_tokens\":9,\"output_tokens\":5}}"),
                new Provider(Format.ANTHROPIC_MESSAGES, "/v1/messages", "/v1/messages", "{\"model\":\"m\",\"max_tokens\":99," + MESSAGES + "}",
                        "{\"model\":\"m\",\"max_tokens\":99,\"stream\":true," + MESSAGES + "}",
                        "{\"id\":\"a\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m-1\",\"stop_reason\":\"end_turn\",\"content\":[{\"type\":\"text\",\"text\":\""
                                + TEXT + "\"}],\"usage\":{\"input_tokens\":9,\"output_tokens\":5}}"),
                new Provider(Format.GEMINI_GENERATE, "/v1beta/models/m:generateContent", "/v1beta/models/m:streamGenerateContent?alt=sse", contents, contents,
                        "{\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\",\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + TEXT
                                + "\"}]}}],\"modelVersion\":\"m-1\",\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":5}}"),
                new Provider(Format.BEDROCK_CONVERSE, "/model/m/converse", "/model/m/converse-stream", converse, converse,
                        "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"" + TEXT
                                + "\"}]}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":9,\"outputTokens\":5}}"));
    }

    @BeforeAll
    static void start() throws Exception {
        CacheBed.assumeEnvoy();
        bed = CacheBed.start("cache-answers", Map.of("SemanticCachePolicy", CacheBed.POLICY, "TokenRateLimitPolicy", """
                timeout: 5s
                limits: [{name: tokens, key: [{header: x-user, visible: true}], quota: {amount: 100000000, unit: Tokens, window: 31d, algorithm: FixedWindow}}]
                """), Member.of("ratelimit"), Member.of("cache"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(bed).ifPresent(CacheBed::close);
    }

    private static HttpResponse<byte[]> send(String user, String path, String body, Script script) throws Exception {
        String id = Client.newTestId();
        bed.chain().backend().script(id, script);
        HttpRequest request = HttpRequest.newBuilder(bed.chain().listener(Attached.FULL_DUPLEX_STREAMED).resolve(path)).timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json").header("x-test-id", id).header("x-user", user).header("x-tenant", "t")
                .POST(BodyPublishers.ofString(body)).build();
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            bed.untilIdle();
            return response;
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static LlmResponse read(Provider provider, HttpResponse<byte[]> response) throws Exception {
        return LlmResponse.parse(provider.format(), header(response, "content-type"), response.body());
    }

    // --- what is

    @ParameterizedTest
    @MethodSource("providers")
    void aWholeAnswerAnswersAStream(Provider provider) throws Exception {
        assertThat(header(send("ann", provider.path(), provider.body(), Script.json(provider.answer())), "x-gatehouse-cache")).isEqualTo("miss");
        HttpResponse<byte[]> stream = send("bob", provider.streamPath(), provider.streamBody(), Script.json("{}"));
        assertThat(header(stream, "x-gatehouse-cache")).isEqualTo("hit");
        assertThat(header(stream, "content-type")).doesNotContain("json");
        assertThat(header(stream, "age")).matches("[0-9]+");
        LlmResponse answer = read(provider, stream);
        assertThat(answer.text(0, PartKind.TEXT)).isEqualTo(READ);
        assertThat(answer.usage().cacheRead()).hasValue(9);
        assertThat(answer.usage().output()).hasValue(5);
        HttpResponse<byte[]> whole = send("bob", provider.path(), provider.body(), Script.json("{}"));
        assertThat(header(whole, "content-type")).isEqualTo("application/json");
        assertThat(read(provider, whole).text(0, PartKind.TEXT)).isEqualTo(READ);
    }

    @Test
    void aLargeAnswerComesWhole() throws Exception {
        String text = "word ".repeat(150_000).strip();
        Provider chat = providers().getFirst();
        String body = chat.body().replace("Capital of Italy?", "What is long?");
        send("ann", chat.path(), body, Script.json(chat.answer().replace(TEXT, text)));
        HttpResponse<byte[]> again = send("bob", chat.path(), body, Script.json("{}"));
        assertThat(header(again, "x-gatehouse-cache")).isEqualTo("hit");
        assertThat(read(chat, again).text(0, PartKind.TEXT)).isEqualTo(text);
    }

    // --- what is not served again

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

    @Test
    void aStaleAnswerIsServedWhileItIsAskedForAnew() throws Exception {
        String stale = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: stale}
                spec: {parentRefs: [{name: local}], rules: [{matches: [{path: {type: PathPrefix, value: /stale}}]}]}
                ---
                apiVersion: gatehouse.dev/v1alpha1
                kind: SemanticCachePolicy
                metadata: {name: stale}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: stale}]
                  ttl: 1s
                  staleWhileRevalidate: {keep: 5m, backend: "http://127.0.0.1:%d"}
                """.formatted(bed.chain().backend().port()) + CacheBed.POLICY.indent(2);
        Files.writeString(Path.of("target", "cache-answers-config", "stale.yaml"), stale);
        HttpResponse<String> served = untilCache("stale");
        assertThat(served.body()).contains("It was so.");
        assertThat(Integer.parseInt(served.headers().firstValue("age").orElseThrow())).isPositive();
        assertThat(untilSaying("Hello.").headers().firstValue("x-gatehouse-cache")).as("what the backend answered meanwhile").hasValueSatisfying(
                word -> assertThat(word).isIn("hit", "stale"));
        assertThat(bed.counted("gatehouse_cache_revalidations_total", "refreshed")).isPositive();
    }

    private static HttpResponse<String> untilCache(String word) throws Exception {
        return until(response -> response.headers().firstValue("x-gatehouse-cache").orElse("").equals(word));
    }

    private static HttpResponse<String> untilSaying(String text) throws Exception {
        return until(response -> response.body().contains(text));
    }

    private static HttpResponse<String> until(Predicate<HttpResponse<String>> wanted) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        while (true) {
            String id = Client.newTestId();
            bed.chain().backend().script(id, saying("It was so."));
            HttpRequest request = HttpRequest.newBuilder(bed.chain().listener(Attached.FULL_DUPLEX_STREAMED).resolve("/stale/v1/chat/completions"))
                    .headers("content-type", "application/json", "x-test-id", id, "x-user", "ann", "x-tenant", "s")
                    .POST(HttpRequest.BodyPublishers.ofString(chat("What was it?"))).build();
            try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (wanted.test(response)) {
                    return response;
                }
            }
            assertThat(Instant.now()).as("seen in time").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
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
