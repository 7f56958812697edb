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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service starts with a policy, and says that it is ready. */
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

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Test
    void itIsReadyWithItsPolicies() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"policies\"").contains("\"callouts\"").doesNotContain("DOWN");
    }
}
