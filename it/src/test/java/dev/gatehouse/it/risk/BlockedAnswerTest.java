package dev.gatehouse.it.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A blocked answer of which nothing has gone out is an error in its provider's shape, status included; where the attachment has sent the
 * status on before the body is seen, the error stands under that status.
 */
class BlockedAnswerTest {

    private static final String LEAK = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Ask ada@example.org\"}}]}";

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes("blocked");
        Policies.write(config, "ResponseRiskPolicy", "blocked", """
                timeout: 10s
                maxBodyBytes: 4Ki
                streaming: {mode: Buffer}
                rules:
                  - {name: no-mail, action: Block, pii: {entities: [EMAIL]}}
                  - {name: shape, action: Block, jsonSchema: {}}
                """);
        chain = Chain.start("blocked", config, false, Member.of("response-risk"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void ofOpenAiIsAnErrorOfOpenAi(Attached attached) throws Exception {
        HttpResponse<String> response = answer(attached, "/v1/chat/completions", Client.prompt("hi"), Backend.Script.json(LEAK));
        expectError(attached, response);
        assertThat(response.body()).contains("\"code\":\"response_blocked\"", "rule no-mail (pii EMAIL)").doesNotContain("ada@", "Ask");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void ofAnthropicIsAnErrorOfAnthropic(Attached attached) throws Exception {
        HttpResponse<String> response = answer(attached, "/v1/messages", Client.prompt("hi"),
                Backend.Script.json("{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Ask ada@example.org\"}]}"));
        expectError(attached, response);
        assertThat(response.body()).contains("\"type\":\"error\"", "\"code\":\"response_blocked\"").doesNotContain("ada@");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aStreamThatIsHeldWholeGivesNothingAway(Attached attached) throws Exception {
        HttpResponse<String> response = answer(attached, "/v1/chat/completions", Client.prompt("hi"), Backend.Script.events(List.of(
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Ask \"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ada@example.org\"}}]}",
                "[DONE]")));
        expectError(attached, response);
        assertThat(response.body()).contains("\"code\":\"response_blocked\"").doesNotContain("Ask", "ada@");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void anAnswerThatIsLongerThanTheBoundIsBlockedUnread(Attached attached) throws Exception {
        String body = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + "long ".repeat(1_000) + "\"}}]}";
        HttpResponse<String> response = answer(attached, "/v1/chat/completions", Client.prompt("hi"), Backend.Script.json(body));
        expectError(attached, response);
        assertThat(response.body()).contains("incomplete_body").doesNotContain("long long");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "BUFFERED"})
    void aStructuredOutputHasToBeWhatItsRequestAsksFor(Attached attached) throws Exception {
        byte[] request = ("{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"response_format\":{\"type\":\"json_schema\","
                + "\"json_schema\":{\"name\":\"o\",\"schema\":{\"type\":\"object\",\"required\":[\"id\"]}}}}").getBytes();
        HttpResponse<String> wrong = answer(attached, "/v1/chat/completions", request, Backend.Script.json(message("{\\\"name\\\": 1}")));
        HttpResponse<String> right = answer(attached, "/v1/chat/completions", request, Backend.Script.json(message("{\\\"id\\\": 1}")));
        expectError(attached, wrong);
        assertThat(wrong.body()).contains("rule shape (schema not_valid)");
        assertThat(right.statusCode()).isEqualTo(200);
    }

    private static String message(String content) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + content + "\"}}]}";
    }

    private static void expectError(Attached attached, HttpResponse<String> response) {
        int status = attached.can(Capability.CHANGE_RESPONSE_HEADERS_FROM_BODY) ? 400 : 200;
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    private static HttpResponse<String> answer(Attached attached, String path, byte[] request, Backend.Script script) throws Exception {
        String id = Client.newTestId();
        chain.backend().script(id, script);
        HttpRequest.Builder chat = Client.chat(chain.listener(attached), id, request).uri(chain.listener(attached).resolve(path));
        return Client.send(chat);
    }
}
