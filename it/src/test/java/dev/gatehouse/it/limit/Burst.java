package dev.gatehouse.it.limit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;

/** Requests that are all sent at once. */
final class Burst {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How one request went. */
    record Answer(int status, int tokens) {}

    private Burst() {}

    /**
     * Sends whole chat completions, each allowed as many tokens as its answer has.
     *
     * @param tokens of the answer, by number of the request
     */
    static List<Answer> send(URI listener, int requests, IntUnaryOperator tokens) throws Exception {
        CountDownLatch ready = new CountDownLatch(requests);
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                int length = tokens.applyAsInt(i);
                sent.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return new Answer(http.send(request(listener, length), HttpResponse.BodyHandlers.discarding()).statusCode(), length);
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : sent) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    static HttpRequest request(URI listener, int tokens) {
        String body = "{\"model\":\"gpt-4o\",\"max_tokens\":" + tokens + ",\"messages\":[{\"role\":\"user\",\"content\":\"more\"}]}";
        return HttpRequest.newBuilder(listener.resolve("/v1/chat/completions")).timeout(PATIENCE).header("content-type", "application/json")
                .header("x-demo-echo", "none").header("x-demo-tokens", String.valueOf(tokens)).header("x-demo-delay-ms", "20")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }
}
