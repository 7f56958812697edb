package dev.gatehouse.it.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Backend.Sent.State;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that is blocked half way ends as its provider ends a filtered answer, and the backend is let go where that can be. */
class CutStreamTest {

    private static final int EVENTS = 60;
    private static final Duration GAP = Duration.ofMillis(50);

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes("cut");
        Policies.write(config, "ResponseRiskPolicy", "cut", """
                timeout: 10s
                rules:
                  - {name: no-zeus, action: Block, patterns: [{name: zeus, pattern: zeus}]}
                """);
        chain = Chain.start("cut", config, false, Member.of("response-risk"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @Test
    void inFullDuplexTheBackendIsCancelled() throws Exception {
        String id = Client.newTestId();
        expectFilteredEnding(answer(Attached.FULL_DUPLEX_STREAMED, id));
        Backend.Sent sent = ended(id);
        assertThat(sent.state()).isEqualTo(State.CANCELLED);
        assertThat(sent.chunks()).isLessThan(EVENTS);
    }

    @Test
    void inStreamedTheRestIsEmptied() throws Exception {
        String id = Client.newTestId();
        expectFilteredEnding(answer(Attached.STREAMED, id));
        assertThat(ended(id).state()).isEqualTo(State.WHOLE);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED"})
    void theVerdictAndTheTokensSoFarAreHandedOver(Attached attached) throws Exception {
        String id = Client.newTestId();
        answer(attached, id);
        String line = AccessLog.line(chain.envoyLog(), id);
        assertThat(line).contains("\"risk_verdict\":\"Block\"").containsPattern("\"output_tokens\":[1-9]");
    }

    private static void expectFilteredEnding(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("word3").doesNotContain("zeus").contains("\"finish_reason\":\"content_filter\"").endsWith("data: [DONE]\n\n");
    }

    private static HttpResponse<String> answer(Attached attached, String id) throws Exception {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            String word = i == 20 ? "zeus" : "word" + i;
            events.add("{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"model\":\"demo\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + word
                    + " \"},\"finish_reason\":null}]}");
        }
        chain.backend().script(id, Backend.Script.events(events).every(GAP));
        return Client.send(Client.chat(chain.listener(attached), id, Client.prompt("hi")));
    }

    /** How the backend's sending ended; it notices a closed connection at its next event. */
    private static Backend.Sent ended(String id) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(10);
        Backend.Sent sent = chain.backend().sent(id).orElseThrow();
        while (sent.state() == State.GOING && Instant.now().isBefore(deadline)) {
            Thread.sleep(GAP);
            sent = chain.backend().sent(id).orElseThrow();
        }
        return sent;
    }
}
