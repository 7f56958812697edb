package dev.gatehouse.risk.moderation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A JSON endpoint, asked by POST.
 *
 * @param token bearer token, if it wants one
 */
record Endpoint(HttpClient http, URI url, Optional<String> token, Duration timeout) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    JsonNode ask(JsonNode question) throws ModerationFailed, InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request(question), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new ModerationFailed("status " + answer.statusCode());
                }
                return read(body.readNBytes(MAX_ANSWER_BYTES + 1));
            }
        } catch (IOException e) {
            throw new ModerationFailed(e.getClass().getSimpleName());
        }
    }

    private HttpRequest request(JsonNode question) throws JsonProcessingException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(timeout).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)));
        token.ifPresent(bearer -> request.header("authorization", "Bearer " + bearer));
        return request.build();
    }

    private static JsonNode read(byte[] body) throws IOException, ModerationFailed {
        if (body.length > MAX_ANSWER_BYTES) {
            throw new ModerationFailed("answer too long");
        }
        return JSON.readTree(body);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "Endpoint[" + url.getHost() + "]";
    }
}
