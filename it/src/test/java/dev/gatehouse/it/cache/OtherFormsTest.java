package dev.gatehouse.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend.Script;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Adversarial case 15: an answer is replayed in the form that the client asks for, whatever it came in, behind a service that walks it. */
class OtherFormsTest {

    private static final String TEXT = "Rome is the capital of Italy, \\\"caput mundi\\\" \u4e2d\uD83D\uDE00.";
    private static final String READ = "Rome is the capital of Italy, \"caput mundi\" \u4e2d\uD83D\uDE00.";
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Capital of Italy?\"}]";

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
        bed = CacheBed.start("cache-forms", Map.of("SemanticCachePolicy", CacheBed.POLICY, "TokenRateLimitPolicy", """
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
}
