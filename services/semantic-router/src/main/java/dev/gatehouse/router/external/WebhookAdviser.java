package dev.gatehouse.router.external;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A classifier of one's own: {@code POST {"text", "routes": [{"name", "description"}]}}, answered by {@code {"route": NAME}}, or by
 * {@code {"route": null}} for none.
 *
 * @param token bearer token, if it wants one
 */
record WebhookAdviser(HttpClient http, URI url, Optional<String> token, Duration timeout) implements Adviser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_ANSWER_BYTES = 64 << 10;

    @Override
    public String ask(String text, List<Offer> offers) throws AdviceFailed, InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request(text, offers), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new AdviceFailed("status " + answer.statusCode());
                }
                return route(body.readNBytes(MAX_ANSWER_BYTES + 1));
            }
        } catch (IOException e) {
            throw new AdviceFailed(e.getClass().getSimpleName());
        }
    }

    private HttpRequest request(String text, List<Offer> offers) throws JsonProcessingException {
        ObjectNode question = JSON.createObjectNode().put("text", text);
        ArrayNode routes = question.putArray("routes");
        offers.forEach(offer -> routes.addObject().put("name", offer.route()).put("description", offer.description()));
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(timeout).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)));
        token.ifPresent(bearer -> request.header("authorization", "Bearer " + bearer));
        return request.build();
    }

    private static String route(byte[] body) throws IOException, AdviceFailed {
        JsonNode route = body.length > MAX_ANSWER_BYTES ? null : JSON.readTree(body).get("route");
        if (route == null || !route.isTextual() && !route.isNull()) {
            throw new AdviceFailed("no route in the answer");
        }
        return route.isNull() ? NONE : route.asText();
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "WebhookAdviser[" + url.getHost() + "]";
    }
}
