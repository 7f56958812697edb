package dev.gatehouse.it.limit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client that keeps a log of what it received: of each stream the events that came to their end. */
final class StreamClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI listener;

    StreamClient(URI listener) {
        this.listener = listener;
    }

    /**
     * Goes through one exchange as it is to go.
     *
     * @return the events that the client read
     */
    int run(Exchange exchange) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request(exchange), HttpResponse.BodyHandlers.ofInputStream());
        boolean leaves = exchange.fate() == Exchange.Fate.ABORTED || exchange.fate() == Exchange.Fate.ABORTED_IN_FLIGHT;
        try (InputStream body = answer.body()) {
            return events(body, leaves ? exchange.after() : Integer.MAX_VALUE);
        }
    }

    private HttpRequest request(Exchange exchange) {
        HttpRequest.Builder request = HttpRequest.newBuilder(listener.resolve("/v1/chat/completions")).timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("x-request-id", exchange.id()).header("x-test-id", exchange.id())
                .header("x-demo-echo", "none").header("x-demo-tokens", String.valueOf(exchange.tokens()));
        switch (exchange.fate()) {
            case ABORTED -> request.header("x-demo-stall", String.valueOf(exchange.after()));
            case ABORTED_IN_FLIGHT -> request.header("x-demo-delay-ms", "1");
            case DIED -> request.header("x-demo-die", String.valueOf(exchange.after()));
            case FAILED -> request.header("x-demo-fail", "503");
            case WHOLE -> { }
        }
        return request.POST(HttpRequest.BodyPublishers.ofString(exchange.body())).build();
    }

    /** Reads until so many events have ended, the body has, or the connection broke. */
    private static int events(InputStream body, int most) {
        int events = 0;
        int before = 0;
        try {
            while (events < most) {
                int now = body.read();
                if (now < 0) {
                    return events;
                }
                events += now == '\n' && before == '\n' ? 1 : 0;
                before = now;
            }
        } catch (IOException broken) {
            return events;
        }
        return events;
    }

    @Override
    public void close() {
        http.close();
    }
}
