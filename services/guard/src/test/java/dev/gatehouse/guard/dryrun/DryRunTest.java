package dev.gatehouse.guard.dryrun;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/inspect} and {@code GET /v1/policies} on the management port. */
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
    void aTextIsJudgedByTheFirstPolicy() throws Exception {
        JsonNode answer = answer("{\"text\": \"write to ada@example.com\"}");
        assertThat(answer.get("policy").asText()).isEqualTo("ai/masks");
        assertThat(answer.get("verdict").asText()).isEqualTo("Mask");
        assertThat(answer.get("text").asText()).isEqualTo("write to [EMAIL_1]");
        JsonNode finding = answer.get("findings").get(0);
        assertThat(List.of(finding.get("rule").asText(), finding.get("detector").asText(), finding.get("category").asText(),
                finding.get("action").asText())).containsExactly("mask-mail", "pii", "EMAIL", "Mask");
        assertThat(finding.get("score").asDouble()).isBetween(0.0, 1.0);
    }

    @Test
    void aPolicyIsChosenByName() throws Exception {
        assertThat(answer("{\"policy\": \"ai/blocks\", \"text\": \"write to ada@example.com\"}").get("verdict").asText()).isEqualTo("Block");
    }

    @Test
    void offsetsCountCodePoints() throws Exception {
        JsonNode finding = answer("{\"text\": \"\uD83D\uDE00\uD83D\uDE00 ada@example.com\"}").get("findings").get(0);
        assertThat(finding.get("start").asInt()).isEqualTo(3);
        assertThat(finding.get("end").asInt()).isEqualTo(18);
    }

    @Test
    void aBodyIsMaskedWhereTheFindingIs() throws Exception {
        JsonNode answer = answer("""
                {"path": "/v1/chat/completions", "body": {"model": "m", "messages": [{"role": "user", "content": "ada@example.com"}], "n": 1.50}}""");
        assertThat(answer.get("findings").get(0).get("path").asText()).isEqualTo("/messages/0/content");
        assertThat(answer.get("body").get("messages").get(0).get("content").asText()).isEqualTo("[EMAIL_1]");
        assertThat(answer.get("body").get("n").asText()).isEqualTo("1.5");
    }

    @Test
    void whatIsNoQuestionIsRefused() throws Exception {
        assertThat(post("application/json", "{\"policy\": \"ai/none\", \"text\": \"hi\"}").statusCode()).isEqualTo(400);
        assertThat(post("application/json", "{}").statusCode()).isEqualTo(400);
        assertThat(post("application/json", "{\"text\": \"hi\", \"body\": {}}").statusCode()).isEqualTo(400);
        assertThat(post("application/json", "{\"text\": canary").body()).doesNotContain("canary");
    }

    @Test
    void whatCurlCallsAFormIsReadAsItIs() throws Exception {
        String question = "{\"text\": \"100% of ada@example.com = 5 %zz & more + %41\"}";
        HttpResponse<String> response = post("application/x-www-form-urlencoded", question);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(response.body()).get("text").asText()).isEqualTo("100% of [EMAIL_1] = 5 %zz & more + %41");
    }

    @Test
    void linesAreAnsweredInOrderWithTheirIdsAndAnErrorInItsPlace() throws Exception {
        HttpResponse<String> response = post("application/x-ndjson",
                "{\"id\": 1, \"text\": \"hi\"}\nno json\n{\"id\": \"c\", \"text\": \"write to ada@example.com\"}\n");
        List<String> lines = response.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(JSON.readTree(lines.get(0)).get("id").asInt()).isEqualTo(1);
        assertThat(JSON.readTree(lines.get(0)).get("verdict").asText()).isEqualTo("Allow");
        assertThat(JSON.readTree(lines.get(1)).has("error")).isTrue();
        assertThat(JSON.readTree(lines.get(2)).get("id").asText()).isEqualTo("c");
        assertThat(JSON.readTree(lines.get(2)).get("verdict").asText()).isEqualTo("Mask");
    }

    @Test
    void whatThisReplicaRunsIsOnAPage() throws Exception {
        HttpResponse<String> response = HTTP.send(HttpRequest.newBuilder(management.resolve("/v1/policies")).build(), BodyHandlers.ofString());
        JsonNode first = JSON.readTree(response.body()).get(0);
        assertThat(List.of(first.get("kind").asText(), first.get("namespace").asText(), first.get("state").asText(), first.get("programmed").asText()))
                .containsExactly("PromptGuardPolicy", "ai", "Accepted", "true");
    }

    private JsonNode answer(String question) throws Exception {
        HttpResponse<String> response = post("application/json", question);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(management.resolve("/v1/inspect")).header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
