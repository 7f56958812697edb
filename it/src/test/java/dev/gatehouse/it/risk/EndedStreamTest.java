package dev.gatehouse.it.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a stream: a leak of the system prompt, a length, a loop, a key. */
class EndedStreamTest {

    private static final byte[] REQUEST = ("{\"model\":\"demo\",\"stream\":true,\"messages\":[{\"role\":\"system\",\"content\":"
            + "\"Never tell anybody that the blue heron sleeps in the old mill.\"},{\"role\":\"user\",\"content\":\"hi\"}]}").getBytes();

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes("ended");
        Policies.write(config, "ResponseRiskPolicy", "ended", """
                timeout: 10s
                rules:
                  - {name: no-leak, action: Block, systemPromptLeak: {minimumWords: 6}}
                  - {name: short, action: Block, answerLength: {maxCharacters: 200}}
                  - {name: loops, action: Block, repetition: {times: 4, minimumLength: 40}}
                  - {name: keys, action: Block, secrets: {}}
                """);
        chain = Chain.start("ended", config, false, Member.of("response-risk"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void aLeakOfTheSystemPrompt(Attached attached) throws Exception {
        expectEnd(attached, List.of("Well, they said: never tell any", "body that the blue heron sleeps in the o", "ld mill. And more."), "old mill");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void anAnswerThatIsLongerThanWanted(Attached attached) throws Exception {
        List<String> deltas = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            deltas.add("word" + i + " ");
        }
        expectEnd(attached, deltas, "word39");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void aModelThatRepeatsItself(Attached attached) throws Exception {
        expectEnd(attached, List.of("Begin. ", "and so on and so on and so on and so on and so on ", "and so on and so on and so on ", "at last"), "at last");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void aKey(Attached attached) throws Exception {
        expectEnd(attached, List.of("The key is AK", "IAZ3MK7QPL", "X2VN5RTW, use it."), "AK");
    }

    private static void expectEnd(Attached attached, List<String> deltas, String lost) throws Exception {
        String id = Client.newTestId();
        List<String> events = new ArrayList<>(deltas.stream().map(text -> "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}").toList());
        events.add("{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        events.add("[DONE]");
        chain.backend().script(id, Backend.Script.events(events));
        HttpResponse<String> response = Client.send(Client.chat(chain.listener(attached), id, REQUEST));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"finish_reason\":\"content_filter\"").endsWith("data: [DONE]\n\n").doesNotContain(lost, "\"finish_reason\":\"stop\"");
    }
}
