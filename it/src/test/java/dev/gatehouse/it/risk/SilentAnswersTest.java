package dev.gatehouse.it.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of an answer is in logs at DEBUG or in metrics, and what was decided is. */
class SilentAnswersTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes("silent");
        Policies.write(config, "ResponseRiskPolicy", "silent", """
                timeout: 10s
                maxBodyBytes: 16Ki
                rules:
                  - {name: mail, action: Mask, pii: {entities: [EMAIL]}}
                  - {name: cards, action: Report, pii: {entities: [CREDIT_CARD]}}
                  - {name: zeus, action: Block, words: {list: [zeus]}}
                  - {name: shape, action: Report, jsonSchema: {}}
                """);
        chain = Chain.start("silent", config, false, Member.of("response-risk").with(Map.of("GATEHOUSE_LOG_LEVEL", "DEBUG")));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void nothingOfAnAnswerIsInLogsOrMetrics(Attached attached) throws Exception {
        String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
        for (Backend.Script script : answers(canary)) {
            String id = Client.newTestId();
            chain.backend().script(id, script);
            Client.send(Client.chat(chain.listener(attached), id, request(canary)));
        }
        assertThat(Files.readString(chain.service("response-risk").program().log())).doesNotContain(canary).contains("blocked: policy=default/silent rules=zeus");
        assertThat(metrics()).doesNotContain(canary)
                .contains("gatehouse_risk_verdicts_total{policy=\"default/silent\",verdict=\"Mask\"}")
                .containsPattern("gatehouse_risk_findings_total\\{.*category=\"EMAIL\".*rule=\"mail\"")
                .contains("gatehouse_risk_held_back_characters_count{policy=\"default/silent\"}");
    }

    private static List<Backend.Script> answers(String canary) {
        return List.of(
                Backend.Script.json(message("write to " + canary + "@example.com")),
                Backend.Script.json(message("zeus " + canary)),
                Backend.Script.json(message(canary + " paid with 4111 1111 1111 1111")),
                Backend.Script.json(message(canary + "a".repeat(20_000))),
                Backend.Script.json("{\"choices\": [" + canary),
                Backend.Script.json("{\"" + canary + "\": 1, \"" + canary + "\": 2}"),
                Backend.Script.events(List.of(delta(canary + "@exam"), delta("ple.org and zeus " + canary), "[DONE]")),
                Backend.Script.events(List.of(delta("no " + canary), "no json " + canary)),
                new Backend.Script(200, Map.of("content-type", "image/" + canary), List.of(canary.getBytes()), Duration.ZERO, false));
    }

    private static byte[] request(String canary) {
        return ("{\"model\":\"demo\",\"messages\":[{\"role\":\"system\",\"content\":\"" + canary + "\"},{\"role\":\"user\",\"content\":\"" + canary + "\"}],"
                + "\"response_format\":{\"json_schema\":{\"schema\":{\"pattern\":\"(" + canary + "\"}}}}").getBytes();
    }

    private static String message(String text) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}}]}";
    }

    private static String delta(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    private static String metrics() throws Exception {
        URI page = chain.service("response-risk").management().resolve("/q/metrics");
        return HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }
}
