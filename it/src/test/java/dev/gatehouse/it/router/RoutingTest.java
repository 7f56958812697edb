package dev.gatehouse.it.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend.Received;
import dev.gatehouse.it.chain.Client;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** Which backend a request reaches, and with what. */
class RoutingTest {

    private static RouterBed bed;

    @BeforeAll
    static void start() throws Exception {
        bed = RouterBed.start("routing", "header: x-model\nwhen: model == 'auto'\n" + RouterBed.ROUTES, RouterBed.router("routing"));
    }

    @AfterAll
    static void stop() {
        if (bed != null) {
            bed.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void codeAndChatReachBackendsOfTheirOwn(Attached attached) throws Exception {
        String code = Client.newTestId();
        String chat = Client.newTestId();
        assertThat(bed.ask(attached, code, RouterBed.CODE).statusCode()).isEqualTo(200);
        assertThat(bed.ask(attached, chat, RouterBed.CHAT).statusCode()).isEqualTo(200);
        assertThat(bed.reached(code)).isEqualTo("coder");
        assertThat(bed.reached(chat)).isEqualTo("talker");
    }

    @Test
    void bodyAndHeadersNameTheSameModelAndAllElseIsAsTheClientWroteIt() throws Exception {
        String id = Client.newTestId();
        bed.ask(Attached.FULL_DUPLEX_STREAMED, id, RouterBed.CODE);
        Received received = bed.received(id);
        assertThat(received.text()).isEqualTo(RouterBed.body("coder", RouterBed.CODE));
        assertThat(received.headers()).containsEntry("X-gateway-model-name", List.of("coder")).containsEntry("X-model", List.of("coder"));
    }

    @Test
    void whatClientsSayOfRoutesIsTakenAway() throws Exception {
        String chat = Client.newTestId();
        bed.ask(Attached.FULL_DUPLEX_STREAMED, chat, RouterBed.CHAT, "x-gateway-model-name", "coder", "x-model", "coder", "x-gatehouse-route", "code");
        assertThat(bed.reached(chat)).isEqualTo("talker");
        assertThat(bed.received(chat).headers()).containsEntry("X-model", List.of("talker")).doesNotContainKey("X-gatehouse-route");
        String kept = Client.newTestId();
        bed.send(Attached.FULL_DUPLEX_STREAMED, kept, RouterBed.body("mine", RouterBed.CODE), "x-gateway-model-name", "coder", "x-model", "coder");
        assertThat(bed.reached(kept)).as("a model that the policy leaves alone").isEqualTo("other");
        assertThat(bed.received(kept).headers()).doesNotContainKeys("X-gateway-model-name", "X-model");
        assertThat(bed.received(kept).text()).isEqualTo(RouterBed.body("mine", RouterBed.CODE));
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, mode = Mode.INCLUDE, names = {"STREAMED", "EXT_AUTHZ_GRPC", "EXT_AUTHZ_HTTP"})
    void whereTheModelCannotBeChangedNothingIsHalfDone(Attached attached) throws Exception {
        String id = Client.newTestId();
        assertThat(bed.ask(attached, id, RouterBed.CODE, "x-gateway-model-name", "coder", "x-model", "coder").statusCode()).isEqualTo(200);
        assertThat(bed.reached(id)).isEqualTo("other");
        assertThat(bed.received(id).text()).isEqualTo(RouterBed.body("auto", RouterBed.CODE));
        assertThat(bed.received(id).headers()).doesNotContainKeys("X-gateway-model-name", "X-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void emptyPromptsGoOnAsTheyCame(String text) throws Exception {
        String id = Client.newTestId();
        assertThat(bed.ask(Attached.FULL_DUPLEX_STREAMED, id, text).statusCode()).isEqualTo(200);
        assertThat(bed.reached(id)).isEqualTo("other");
    }

    @Test
    void hugePromptsGoOnInTime() throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> answer = bed.ask(Attached.FULL_DUPLEX_STREAMED, id, "lorem ipsum dolor ".repeat(6_000));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(bed.reached(id)).isNotEqualTo("nobody");
    }

    @Test
    void whatIsNoJsonGoesOnAsItCame() throws Exception {
        String id = Client.newTestId();
        assertThat(bed.send(Attached.FULL_DUPLEX_STREAMED, id, "no JSON at all").statusCode()).isEqualTo(200);
        assertThat(bed.received(id).text()).isEqualTo("no JSON at all");
    }

    /** The whole answer, its keys and their order; many lines are answered in their order. */
    @Test
    void aDryRunExplains() throws Exception {
        List<String> keys = new ArrayList<>();
        bed.explain(RouterBed.CODE).fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactly("route", "model", "score", "outOfScope", "reason", "candidates", "nearest", "signals");
        String lines = IntStream.range(0, 40).mapToObj(i -> "{\"id\":" + i + ",\"text\":\"" + (i % 2 == 0 ? RouterBed.CODE : RouterBed.CHAT) + "\"}")
                .collect(Collectors.joining("\n"));
        String[] answers = bed.explainLines(lines + "\n{\"wrong\":1}\n").split("\n");
        assertThat(answers).hasSize(41);
        for (int i = 0; i < 40; i++) {
            assertThat(answers[i]).startsWith("{\"id\":" + i + ",\"route\":\"" + (i % 2 == 0 ? "code" : "chat") + "\"");
        }
        assertThat(answers[40]).contains("error");
    }

    @Test
    void aDryRunSaysTheSameAsTraffic() throws Exception {
        assertThat(bed.explain(RouterBed.CODE).path("model").asText()).isEqualTo("coder");
        assertThat(bed.explain(RouterBed.CODE).path("candidates").path(0).path("route").asText()).isEqualTo("code");
        assertThat(bed.explain(RouterBed.CHAT).path("route").asText()).isEqualTo("chat");
        assertThat(bed.explain(RouterBed.CODE + " 100 % & more, = %zz").path("route").asText()).isEqualTo("code");
    }
}
