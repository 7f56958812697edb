package dev.gatehouse.it.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values come back into answers of every framing, whatever the network does to them. */
class UnmaskingTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DONE = "data: [DONE]\n\n";
    private static final int STREAMS = 500;
    private static final int EVENTS = 60;

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        chain = Chain.start("unmasking", Policies.one("unmasking", "timeout: 5s\nrules: [{name: mask, action: Mask, pii: {entities: [EMAIL]}}]"), false,
                Member.of("guard"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    private static String event(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private static List<byte[]> chunks(byte[] body, int length) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < body.length; at += length) {
            chunks.add(Arrays.copyOfRange(body, at, Math.min(body.length, at + length)));
        }
        return chunks;
    }

    private static List<byte[]> chunks(String body, int length) {
        return chunks(body.getBytes(StandardCharsets.UTF_8), length);
    }

    private static Backend.Script script(Map<String, String> headers, List<byte[]> chunks) {
        return new Backend.Script(200, headers, chunks, Duration.ofMillis(1), false);
    }

    private static HttpResponse<String> ask(Attached attached, String id, String prompt, Backend.Script script, String... headers) throws Exception {
        chain.backend().script(id, script);
        HttpRequest.Builder request = Client.chat(chain.listener(attached), id, Client.prompt(prompt));
        return Client.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static String text(String stream) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String line : stream.split("\r?\n")) {
            if (line.startsWith("data: {")) {
                JsonNode event = MAPPER.readTree(line.substring(6));
                text.append(event.at("/choices/0/delta/content").asText(""));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aPlaceholderInManyEventsWithKeepAlivesBetweenIsOneValue(Attached attached) throws Exception {
        StringBuilder stream = new StringBuilder("id: 1\r\n" + event("I know ").replace("\n", "\r\n"));
        for (char c : "[email_1] and \\\\[EMAIL\\\\_1\\\\] but [EMAIL_2".toCharArray()) {
            stream.append(event(c == '\\' ? "\\\\" : String.valueOf(c)).replace("\\\\\\\\", "\\\\")).append(": keep-alive\n\n");
        }
        Backend.Script script = script(Map.of("content-type", "text/event-stream"), chunks(stream + DONE, 11));
        HttpResponse<String> answer = ask(attached, Client.newTestId(), "I am ada@example.com", script);
        assertThat(text(answer.body())).startsWith("I know ada@example.com and ").endsWith(" but [EMAIL_2");
        assertThat(answer.body()).startsWith("id: 1\r\n").contains(": keep-alive\n\n").endsWith(DONE);
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void anEncodedAnswerIsDecodedOnItsWay(Attached attached) throws Exception {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(encoded)) {
            gzip.write((event("I know [EM") + event("AIL_1].") + DONE).getBytes(StandardCharsets.UTF_8));
        }
        String id = Client.newTestId();
        Backend.Script script = script(Map.of("content-type", "text/event-stream", "content-encoding", "gzip"), chunks(encoded.toByteArray(), 13));
        HttpResponse<String> answer = ask(attached, id, "I am ada@example.com", script, "accept-encoding", "gzip");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
        assertThat(text(answer.body())).isEqualTo("I know ada@example.com.");
        String asked = chain.backend().received(id).orElseThrow().headers().get("Accept-encoding").getFirst();
        assertThat(asked).isEqualTo(attached == Attached.STREAMED ? "gzip" : "identity");
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void geminisArrayStaysOne(Attached attached) throws Exception {
        String piece = "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"%s\"}], \"role\": \"model\"}, \"index\": 0}]}";
        String array = "[" + piece.formatted("It is [EMAIL") + "\n,\r\n" + piece.formatted("_1] or [EM") + "\n]\n";
        String id = Client.newTestId();
        chain.backend().script(id, script(Map.of("content-type", "application/json"), chunks(array, 17)));
        HttpRequest.Builder request = HttpRequest.newBuilder(chain.listener(attached).resolve("/v1beta/models/demo:streamGenerateContent"))
                .header("content-type", "application/json").header("x-test-id", id)
                .POST(HttpRequest.BodyPublishers.ofString("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"I am ada@example.com\"}]}]}"));
        JsonNode answer = MAPPER.readTree(Client.send(request).body());
        StringBuilder text = new StringBuilder();
        answer.forEach(element -> text.append(element.at("/candidates/0/content/parts/0/text").asText()));
        assertThat(text.toString()).isEqualTo("It is ada@example.com or [EM");
    }

    @Test
    void aStreamThatBreaksOffGivesWhatWasHeldAndPlainTextIsNeverHeld() throws Exception {
        String id = Client.newTestId();
        chain.backend().script(id, Backend.Script.events(List.of("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"plain\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\" [EMAIL\"}}]}")));
        HttpResponse<String> answer = Client.send(Client.chat(chain.listener(Attached.FULL_DUPLEX_STREAMED), id, Client.prompt("I am ada@example.com")));
        assertThat(text(answer.body())).isEqualTo("plain [EMAIL");
    }

    @Test
    void aClientThatGoesAwayTakesNothingWithIt() throws Exception {
        String id = Client.newTestId();
        List<byte[]> endless = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            endless.add(event("[EMAIL_1] ").getBytes(StandardCharsets.UTF_8));
        }
        chain.backend().script(id, new Backend.Script(200, Map.of("content-type", "text/event-stream"), endless, Duration.ofMillis(5), false));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(Client.chat(chain.listener(Attached.FULL_DUPLEX_STREAMED), id,
                    Client.prompt("I am ada@example.com")).build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(new String(answer.body().readNBytes(100), StandardCharsets.UTF_8)).contains("ada@example.com");
            answer.body().close();
            http.shutdownNow();
        }
        while (chain.backend().sent(id).orElseThrow().state() == Backend.Sent.State.GOING) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(chain.backend().sent(id).orElseThrow().state()).isEqualTo(Backend.Sent.State.CANCELLED);
        aStreamThatBreaksOffGivesWhatWasHeldAndPlainTextIsNeverHeld();
    }

    @Test
    void hundredsOfStreamsAtOnceGetTheirOwnValuesOnly() throws Exception {
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            int number = i;
            clients.add(() -> streamsItsOwn(number));
        }
        double before = Metrics.read(chain.service("guard").management()).sum("gatehouse_guard_restored_total", "");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
        double after = Metrics.read(chain.service("guard").management()).sum("gatehouse_guard_restored_total", "");
        assertThat(after - before).isEqualTo(STREAMS * EVENTS / 3.0);
    }

    private static Void streamsItsOwn(int number) throws Exception {
        String id = Client.newTestId();
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < EVENTS / 3; i++) {
            events.add(event("[EMA").getBytes(StandardCharsets.UTF_8));
            events.add((event("IL_1] ") + ": ping\n\n").getBytes(StandardCharsets.UTF_8));
            events.add(event("[EMAIL_2] [EMAIL_" + (number + 2) + "] ").getBytes(StandardCharsets.UTF_8));
        }
        events.add(DONE.getBytes(StandardCharsets.UTF_8));
        String own = "user" + number + "@example.com";
        HttpResponse<String> answer = ask(Attached.FULL_DUPLEX_STREAMED, id, "I am " + own,
                new Backend.Script(200, Map.of("content-type", "text/event-stream"), events, Duration.ofMillis(20), false));
        assertThat(text(answer.body())).isEqualTo((own + " [EMAIL_2] [EMAIL_" + (number + 2) + "] ").repeat(EVENTS / 3));
        return null;
    }
}
