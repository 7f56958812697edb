package dev.gatehouse.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.policy.status.PolicyStatus;
import dev.gatehouse.router.api.ReportPage;
import dev.gatehouse.router.api.RouteAnswer;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.service.http.JsonAnswer.BadDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the management pages say: the dry run, the report, the status. */
class PagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static PolicySource<SemanticRoutingPolicy, CompiledRouting> policies;
    private static RouteAnswer dryRun;

    @BeforeAll
    static void compile() {
        policies = TestRouter.source("when: model == 'auto'\ndefaultTarget: {model: small}\n" + TestRouter.ROUTES + """
                  - {name: twin, examples: [Write a function that sorts a list in Java., Solve an equation], negatives: ["What is maths?"], threshold: 0.9, target: {model: dear}}
                """);
        dryRun = new RouteAnswer(policies, TestRouter.requests(), TestRouter.noSeats(), text -> TestRouter.embedder().embedAside(text, Duration.ofSeconds(20)));
    }

    private static JsonNode asked(String question) throws Exception {
        return JSON.readTree(dryRun.answer(question.getBytes()));
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void theDryRunExplainsTheDecision() throws Exception {
        JsonNode answer = asked("{\"text\": \"" + TestRouter.CHAT + "\"}");
        assertThat(keys(answer)).containsExactly("route", "model", "score", "outOfScope", "reason", "candidates", "nearest", "signals");
        assertThat(answer.path("route").asText()).isEqualTo("chat");
        assertThat(answer.path("model").asText()).isEqualTo("talker");
        assertThat(answer.path("score").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.path("outOfScope").isBoolean()).isTrue();
        assertThat(answer.path("reason").asText()).isEqualTo("classified");
        assertThat(keys(answer.path("candidates").path(0))).containsExactly("route", "score");
        assertThat(keys(answer.path("nearest").path(0))).containsExactly("text", "score");
        assertThat(answer.path("signals").path("policy").asText()).isEqualTo("default/test");
        assertThat(answer.path("signals").path("tokens").asInt()).isPositive();
        assertThat(answer.path("signals").path("skipped").isEmpty()).isTrue();
    }

    @Test
    void whatIsNotClassifiedHasTheSameKeys() throws Exception {
        JsonNode answer = asked("{\"policy\": \"default/test\", \"id\": 7, \"body\": {\"model\": \"mine\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}}");
        assertThat(keys(answer)).containsExactly("id", "route", "model", "score", "outOfScope", "reason", "candidates", "nearest", "signals");
        assertThat(answer.path("model").asText()).isEqualTo("mine");
        assertThat(answer.path("reason").asText()).isEqualTo("not_asked");
        assertThat(answer.path("route").isNull() && answer.path("score").isNull() && answer.path("candidates").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"text\": 1}", "{\"text\": \"a\", \"body\": {}}", "{\"text\": \"a\", \"text\": \"b\"}", "{\"policy\": \"no/such\", \"text\": \"a\"}"})
    void whatIsNoQuestionIsRefused(String question) {
        assertThatThrownBy(() -> dryRun.answer(question.getBytes())).isInstanceOf(BadDocument.class);
    }

    @Test
    void theReportHasThresholdsConfusionsAndOverlaps() throws Exception {
        JsonNode report = JSON.readTree(new ReportPage(policies).of("default", "test").orElseThrow());
        assertThat(report.path("thresholds").path("twin").asDouble()).isEqualTo(0.9);
        JsonNode twin = report.path("routes").path(2);
        assertThat(twin.path("route").asText()).isEqualTo("twin");
        assertThat(twin.path("examples").asInt()).isEqualTo(2);
        assertThat(twin.path("negatives").asInt()).isEqualTo(1);
        assertThat(twin.path("sure").asInt()).isZero();
        JsonNode overlap = report.path("overlaps").path(0);
        assertThat(List.of(overlap.path("route").asText(), overlap.path("otherRoute").asText())).containsExactlyInAnyOrder("code", "twin");
        assertThat(overlap.path("cosine").asDouble()).isGreaterThan(0.92);
        assertThat(report.path("confusions").findValuesAsText("takenFor")).contains("code");
        assertThat(new ReportPage(policies).of("default", "none")).isEmpty();
    }

    @Test
    void theStatusShowsTheThresholds() {
        String message = PolicyStatus.of(policies.current()).getFirst().accepted().message();
        assertThat(message).matches("the policy is valid; thresholds, examples left out in turn: code 0\\.\\d\\d, chat 0\\.\\d\\d, twin 0\\.90");
    }
}
