package dev.gatehouse.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Policies;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard's process is killed before, in and after a request's body; the host's own {@code failure_mode_allow} decides. */
class KilledGuardTest {

    private static final String SPEC = """
            timeout: 5s
            rules: [{name: no-injection, action: Block, signatures: {}}]
            """;

    @BeforeEach
    void envoyIsThere() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void killedBeforeTheRequest(boolean failOpen) throws Exception {
        try (Chain chain = Chain.start("killed-before-" + failOpen, Policies.one("killed", SPEC), failOpen, Member.of("guard"))) {
            chain.service("guard").program().kill();
            for (Attached attached : Attached.values()) {
                int status = Client.send(requestThatCanPass(chain, attached)).statusCode();
                assertThat(status == 200).as(attached + " answered " + status).isEqualTo(failOpen);
            }
        }
    }

    /** In full duplex a first chunk that goes out before Envoy learns of the death ends the request: only one without a body is sure to pass. */
    private static HttpRequest.Builder requestThatCanPass(Chain chain, Attached attached) {
        HttpRequest.Builder request = Client.chat(chain.listener(attached), Client.newTestId(), Client.prompt("hi"));
        return attached == Attached.FULL_DUPLEX_STREAMED ? request.GET() : request;
    }

    @ParameterizedTest
    @CsvSource({"FULL_DUPLEX_STREAMED, false, false", "FULL_DUPLEX_STREAMED, true, false",
        "STREAMED, false, false", "BUFFERED, false, false", "BUFFERED, true, true"})
    void killedInTheMiddleOfTheBody(Attached attached, boolean failOpen, boolean passes) throws Exception {
        try (Chain chain = Chain.start("killed-in-" + attached + failOpen, Policies.one("killed", SPEC), failOpen, Member.of("guard"))) {
            byte[] body = Client.prompt("hi");
            int status = statusWhenKilledBetween(chain, chain.listener(attached), body);
            assertThat(status == 200).as(attached + " answered " + status).isEqualTo(passes);
        }
    }

    @Test
    void killedWhileTheAnswerStreamsHarmsNothingOnceTheGuardHasLeft() throws Exception {
        assertThat(lastLineAfterKill(Attached.STREAMED)).isEqualTo("data: [DONE]");
    }

    /** Envoy may lose the bytes under way when a processor leaves a full duplex stream, so the guard stays to its end. */
    @Test
    void killedWhileTheAnswerStreamsCutsItInFullDuplex() {
        assertThatThrownBy(() -> lastLineAfterKill(Attached.FULL_DUPLEX_STREAMED)).isInstanceOf(UncheckedIOException.class);
    }

    private static String lastLineAfterKill(Attached attached) throws Exception {
        try (Chain chain = Chain.start("killed-after-" + attached, Policies.one("killed", SPEC), false, Member.of("guard"));
                HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> response = http.send(
                    Client.chat(chain.listener(attached), Client.newTestId(), Client.prompt("hi")).header("x-test-stream", "40").build(),
                    HttpResponse.BodyHandlers.ofLines());
            Iterator<String> lines = response.body().iterator();
            String last = lines.next();
            chain.service("guard").program().kill();
            while (lines.hasNext()) {
                String line = lines.next();
                last = line.isEmpty() ? last : line;
            }
            return last;
        }
    }

    private static int statusWhenKilledBetween(Chain chain, URI listener, byte[] body) throws Exception {
        try (Socket socket = new Socket(listener.getHost(), listener.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: " + body.length
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, 10);
            out.flush();
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            chain.service("guard").program().kill();
            out.write(body, 10, body.length - 10);
            out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(in.readLine().split(" ")[1]);
        }
    }
}
