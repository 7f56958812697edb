package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The service starts with a policy, and says that it is ready. */
@Tag("quarkus")
@QuarkusTest
@TestProfile(ServiceStartTest.Folder.class)
class ServiceStartTest {

    /** The policies of the test folder, on free ports. */
    public static final class Folder implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("gatehouse.config", "src/test/resources/policies", "gatehouse.grpc-port", "0");
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    /** On a busy machine the encoder's first text may take longer than its deadline; readiness asks again. */
    @Test
    void itIsReadyWithItsPolicies() throws Exception {
        Instant latest = Instant.now().plusSeconds(60);
        HttpResponse<String> answer = ask();
        while (answer.statusCode() == 503 && Instant.now().isBefore(latest)) {
            answer = ask();
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"policies\"", "\"callouts\"", "\"encoder\"").doesNotContain("DOWN");
    }

    private HttpResponse<String> ask() throws Exception {
        return HTTP.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
    }
}
