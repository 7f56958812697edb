package dev.gatehouse.it.chain;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** A client of the chain. */
public final class Client {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Client() {}

    public static String newTestId() {
        return UUID.randomUUID().toString();
    }

    /** A chat completion request with these bytes. */
    public static HttpRequest.Builder chat(URI listener, String testId, byte[] body) {
        return chat(listener, "/v1/chat/completions", testId, body);
    }

    /** One to another path. */
    public static HttpRequest.Builder chat(URI listener, String path, String testId, byte[] body) {
        return HttpRequest.newBuilder(listener.resolve(path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("x-test-id", testId)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The JSON of a chat request with one user message; the text must need no escaping. */
    public static byte[] prompt(String text) {
        return ("{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}").getBytes();
    }
}
