package dev.gatehouse.cache.api;

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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service starts with a policy, says that it is ready, and has its pages on the management port. One start, since that takes seconds. */
@Tag("quarkus")
@QuarkusTest
@TestProfile(PagesTest.Folder.class)
class PagesTest {

    /** The policies of the test folder, on free ports. */
    public static final class Folder implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatehouse.config", "src/test/resources/policies", "gatehouse.grpc-port", "0");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TRACE = """
            {"id": "a", "text": "How do I reset my password?"}
            {"id": "b", "text": "how do i reset my password"}
            no row
            {"id": "c", "text": "Who wrote Hamlet?"}
            """;

    @TestHTTPResource(management = true)
    URI management;
    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    /** On a busy machine the encoder's first text may take longer than its deadline; readiness asks again. */
    @Test
    void theServiceIsReadyWithItsPolicies() throws Exception {
        Instant latest = Instant.now().plusSeconds(60);
        HttpResponse<String> answer = readiness();
        while (answer.statusCode() == 503 && Instant.now().isBefore(latest)) {
            answer = readiness();
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"policies\"", "\"callouts\"", "\"encoder\"").doesNotContain("DOWN");
    }

    private HttpResponse<String> readiness() throws Exception {
        return HTTP.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
    }

    @Test
    void aTraceIsAnsweredLineByLine() throws Exception {
        HttpResponse<String> answer = post("/v1/simulate", "application/x-ndjson", TRACE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).isEqualTo("{\"id\":\"b\",\"hit\":\"a\",\"score\":1.0,\"tier\":\"exact\"}");
        assertThat(lines.get(2)).contains("\"line\":3").contains("error");
        assertThat(JSON.readTree(lines.get(4)).at("/summary/hits").asInt()).isEqualTo(1);
    }

    @Test
    void eachSimulationBeginsWithNothing() throws Exception {
        assertThat(post("/v1/simulate", "application/x-ndjson", TRACE).body()).isEqualTo(post("/v1/simulate", "application/x-ndjson", TRACE).body());
    }

    @Test
    void aContentTypeIsNotNeeded() throws Exception {
        assertThat(post("/v1/simulate", "text/plain", TRACE).body().lines()).hasSize(5);
    }

    @Test
    void whatCurlCallsAFormIsReadAsItIs() throws Exception {
        String trace = "{\"id\": \"a\", \"text\": \"Is 5 of 20 = 25%, 1 in 4 = 25 %, or %zz & more + %41?\"}\n".repeat(1_000);
        assertThat(post("/v1/simulate", "application/x-www-form-urlencoded", trace).body())
                .isEqualTo(post("/v1/simulate", "application/x-ndjson", trace).body()).contains("\"rows\":1000");
    }

    @Test
    void parametersThatCannotBeAreA400() throws Exception {
        HttpResponse<String> answer = post("/v1/simulate?maxWrongHits=7", "application/x-ndjson", TRACE);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("maxWrongHits").contains("0.0001 to 0.2");
        assertThat(post("/v1/simulate?policy=none", "application/x-ndjson", TRACE).statusCode()).isEqualTo(400);
    }

    @Test
    void theBoundMayBeTried() throws Exception {
        assertThat(post("/v1/simulate?maxWrongHits=0.005", "application/x-ndjson", TRACE).statusCode()).isEqualTo(200);
        assertThat(post("/v1/simulate?maxWrongHitShare=0.01", "application/x-ndjson", TRACE).statusCode()).isEqualTo(200);
    }

    @Test
    void aLookUpInAnEmptyCacheIsAMiss() throws Exception {
        JsonNode answer = JSON.readTree(post("/v1/lookup", "application/json", "{\"id\": 7, \"text\": \"Who wrote Hamlet?\", \"principal\": \"ann\"}").body());
        assertThat(answer.toString()).isEqualTo("{\"id\":7,\"policy\":\"default/answers\",\"outcome\":\"miss\",\"reason\":\"nothing_near\"}");
    }

    @Test
    void whatIsNotCachedIsABypassWithItsReason() throws Exception {
        assertThat(post("/v1/lookup", "application/json", "{\"text\": \"Who wrote Hamlet?\"}").body()).contains("bypass").contains("no_principal");
        assertThat(post("/v1/lookup", "application/json", "{\"text\": 3}").statusCode()).isEqualTo(400);
    }

    @Test
    void entriesAreForgottenOnlyWhereItIsSaidWhose() throws Exception {
        assertThat(delete("?tenant=acme").body()).isEqualTo("{\"removed\":0}");
        assertThat(delete("").statusCode()).isEqualTo(400);
        assertThat(delete("?key=nothing").statusCode()).isEqualTo(400);
        assertThat(delete("?tennant=acme").statusCode()).isEqualTo(400);
    }

    @Test
    void statisticsNameEachPolicyAndItsBound() throws Exception {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(management.resolve("/v1/stats")).build(), BodyHandlers.ofString());
        JsonNode policy = JSON.readTree(answer.body()).at("/policies/0");
        assertThat(policy.get("policy").asText()).isEqualTo("default/answers");
        assertThat(policy.at("/bound/share").asDouble()).isEqualTo(0.01);
        assertThat(policy.at("/bound/of").asText()).isEqualTo("requests");
        assertThat(policy.get("requests").asInt()).isZero();
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(management.resolve(path)).header("content-type", type).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> delete(String query) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(management.resolve("/v1/entries" + query)).DELETE().build(), BodyHandlers.ofString());
    }
}
