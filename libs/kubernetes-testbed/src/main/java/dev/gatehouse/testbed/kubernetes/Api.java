package dev.gatehouse.testbed.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain requests to an API server with one bearer token. Thread-safe. */
public final class Api {

    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI url;
    private final String token;

    Api(HttpClient http, URI url, String token) {
        this.http = http;
        this.url = url;
        this.token = token;
    }

    /** What the server said: the object, or a {@code Status} that tells what is wrong. */
    public record Answer(int status, JsonNode body) {

        public boolean isOk() {
            return status >= 200 && status < 300;
        }

        /** The {@code Status}' message; empty for an object. */
        public String message() {
            return body.path("kind").asText().equals("Status") ? body.path("message").asText() : "";
        }

        /** @throws IllegalStateException with the server's message when it refused */
        public JsonNode orThrow() {
            if (!isOk()) {
                throw new IllegalStateException(status + " " + message());
            }
            return body;
        }
    }

    /** @param path e.g. {@code /apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/chat} */
    public Answer get(String path) {
        return send("GET", path, "application/json", "");
    }

    public Answer delete(String path) {
        return send("DELETE", path, "application/json", "");
    }

    /** @param path of the collection, maybe with {@code ?dryRun=All} */
    public Answer create(String path, JsonNode object) {
        return send("POST", path, "application/json", text(object));
    }

    /** @param path of the object or of its {@code /status} */
    public Answer replace(String path, JsonNode object) {
        return send("PUT", path, "application/json", text(object));
    }

    /** RFC 7386. @param path of the object or of its {@code /status} */
    public Answer merge(String path, String patch) {
        return send("PATCH", path, "application/merge-patch+json", patch);
    }

    /** Server-side apply, forced. @param path of the object, maybe with {@code ?dryRun=All} */
    public Answer apply(String path, JsonNode object) {
        String separator = path.contains("?") ? "&" : "?";
        return send("PATCH", path + separator + "fieldManager=testbed&force=true&fieldValidation=Strict", "application/apply-patch+yaml", text(object));
    }

    private Answer send(String method, String path, String type, String body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer " + token).header("content-type", type).header("accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String text(JsonNode object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
