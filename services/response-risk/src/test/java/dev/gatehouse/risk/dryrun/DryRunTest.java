package dev.gatehouse.risk.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/inspect} on the management port. */
@QuarkusTest
@TestProfile(DryRunTest.Folder.class)
class DryRunTest {

    /** The policies of the test folder, on free ports. */
    public static final class Folder implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatehouse.config", "src/test/resources/policies", "gatehouse.grpc-port", "0");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TestHTTPResource(management = true)
    URI management;

    @Test
    void aTextIsJudgedAsAnAnswer() throws Exception {
        JsonNode answer = answer("{\"id\": 7, \"text\": \"\\ud83d\\ude00 write to ada@example.com\"}");
        assertThat(answer.get("id").asInt()).isEqualTo(7);
        assertThat(answer.get("policy").asText()).isEqualTo("ai/masks");
        assertThat(answer.get("verdict").asText()).isEqualTo("Mask");
        assertThat(answer.get("text").asText()).isEqualTo("\ud83d\ude00 write to [REDACTED_EMAIL]");
        JsonNode finding = answer.get("findings").get(0);
        assertThat(List.of(finding.get("rule").asText(), finding.get("detector").asText(), finding.get("category").asText(),
                finding.get("action").asText())).containsExactly("mask-mail", "pii", "EMAIL", "Mask");
        assertThat(finding.get("start").asInt()).isEqualTo(11);
        assertThat(finding.get("end").asInt()).isEqualTo(26);
    }

    @Test
    void aStreamShowsWhatPassesAtEachPiece() throws Exception {
        JsonNode answer = answer("{\"stream\": [\"Write \", \"to ada@exa\", \"mple.com\", \", please\"]}");
        List<String> released = new ArrayList<>();
        answer.get("released").forEach(piece -> released.add(piece.asText()));
        assertThat(released.getFirst()).isEqualTo("Write ");
        assertThat(String.join("", released)).isEqualTo("Write to [REDACTED_EMAIL], please");
        assertThat(answer.get("heldBack").asInt()).isBetween(8, 40);
    }

    @Test
    void aStreamThatIsBlockedPassesNothingMore() throws Exception {
        JsonNode answer = answer("{\"stream\": [\"Ask \", \"zeus\", \" and so on\"]}");
        assertThat(answer.get("verdict").asText()).isEqualTo("Block");
        assertThat(answer.get("released").toString()).doesNotContain("zeus", "so on");
    }

    @Test
    void aBodyComesBackAsTheClientWouldGetIt() throws Exception {
        JsonNode answer = answer("{\"body\": {\"choices\": [{\"index\": 0, \"message\": {\"content\": \"ada@example.com\"}}]}}");
        assertThat(answer.at("/body/choices/0/message/content").asText()).isEqualTo("[REDACTED_EMAIL]");
        assertThat(answer.at("/findings/0/where").asText()).isEqualTo("choice 0 Text");
    }

    @Test
    void aRequestIsWhatTheAnswerIsComparedWith() throws Exception {
        String question = """
                {"policy": "ai/shapes", "text": "{\\"name\\": 1}", "request": {"model": "m", "messages": [{"role": "user", "content": "hi"}],
                 "response_format": {"type": "json_schema", "json_schema": {"name": "o", "schema": {"type": "object", "required": ["id"]}}}}}""";
        assertThat(answer(question).get("verdict").asText()).isEqualTo("Block");
        assertThat(answer("{\"policy\": \"ai/shapes\", \"text\": \"{\\\"name\\\": 1}\"}").get("verdict").asText()).isEqualTo("Allow");
    }

    @Test
    void linesOfJsonAreAnsweredLineByLine() throws Exception {
        HttpResponse<String> response = post("{\"text\": \"ada@example.com\"}\n{\"text\": \"fine\"}\n", "application/x-ndjson");
        assertThat(response.body().lines().map(line -> line.contains("\"verdict\":\"Mask\""))).containsExactly(true, false);
    }

    @Test
    void whatCurlCallsAFormIsReadAsItIs() throws Exception {
        HttpResponse<String> response = post("{\"text\": \"100% of ada@example.com = 5 %zz & more + %41\"}", "application/x-www-form-urlencoded");
        assertThat(JSON.readTree(response.body()).get("text").asText()).isEqualTo("100% of [REDACTED_EMAIL] = 5 %zz & more + %41");
    }

    @Test
    void aQuestionThatIsNoneIsABadRequest() throws Exception {
        assertThat(post("{\"text\": \"a\", \"stream\": [\"b\"]}", "application/json").statusCode()).isEqualTo(400);
        assertThat(post("{\"stream\": [1]}", "application/json").statusCode()).isEqualTo(400);
        assertThat(post("{\"text\": \"a\", \"policy\": \"none\"}", "application/json").statusCode()).isEqualTo(400);
    }

    private JsonNode answer(String question) throws Exception {
        HttpResponse<String> response = post(question, "application/json");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> post(String body, String type) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(management.resolve("/v1/inspect")).header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
