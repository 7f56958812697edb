package dev.gatehouse.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies and clients that misbehave, through a real Envoy. */
class HostileInputTest {

    private static final String SPEC = """
            maxBodyBytes: 4Mi
            timeout: 5s
            rules:
              - {name: no-injection, action: Block, signatures: {}}
              - {name: mask-pii, action: Mask, pii: {entities: [EMAIL]}}
            """;

    private static final int CLIENTS = 20;

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        chain = Chain.start("hostile", Policies.one("hostile", SPEC), false, Member.of("guard"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @ParameterizedTest
    @EnumSource(Attached.class)
    void tenThousandLevelsOfNestingAreRefused(Attached attached) throws Exception {
        String deep = "{\"model\":\"demo\",\"messages\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        expectRefused(attached, deep.getBytes(), "malformed_json");
    }

    @ParameterizedTest
    @EnumSource(Attached.class)
    void invalidUtf8IsRefused(Attached attached) throws Exception {
        byte[] body = Client.prompt("caf?");
        body[new String(body, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xE9;
        expectRefused(attached, body, "malformed_json");
    }

    @ParameterizedTest
    @EnumSource(Attached.class)
    void aBodyOfFiftyMegabytesHasADefinedEndAndBoundedMemory(Attached attached) throws Exception {
        byte[] body = Client.prompt("a".repeat(50_000_000));
        String id = Client.newTestId();
        int status = RawHttp.status(chain.listener(attached), id, body);
        assertThat(status).isEqualTo(413);
        assertThat(chain.backend().received(id)).isEmpty();
        assertThat(chain.service("guard").program().isAlive()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Attached.class, names = {"FULL_DUPLEX_STREAMED", "BUFFERED", "BUFFERED_PARTIAL"})
    void aGzippedPromptIsReadAndMasked(Attached attached) throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> response = Client.send(
                Client.chat(chain.listener(attached), id, gzip(Client.prompt("write to ada@example.com"))).header("content-encoding", "gzip"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(chain.backend().received(id).orElseThrow().text()).contains("[EMAIL_1]").doesNotContain("ada@");
    }

    @ParameterizedTest
    @EnumSource(Attached.class)
    void aGzipBombIsRefused(Attached attached) throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> response = Client.send(
                Client.chat(chain.listener(attached), id, gzip(new byte[40_000_000])).header("content-encoding", "gzip"));
        assertThat(response.statusCode()).as(response.body()).isBetween(400, 413);
        assertThat(chain.backend().received(id)).isEmpty();
    }

    @Test
    void clientsThatGoAwayInMidBodyLeaveNothingBehind() throws Exception {
        double before = underWay();
        double aborted = aborted();
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(startBody(chain.listener(Attached.FULL_DUPLEX_STREAMED)));
        }
        await(() -> underWay() == before + CLIENTS);
        for (Socket client : clients) {
            client.close();
        }
        await(() -> underWay() == before && aborted() == aborted + CLIENTS);
    }

    private void expectRefused(Attached attached, byte[] body, String code) throws Exception {
        String id = Client.newTestId();
        HttpResponse<String> response = Client.send(Client.chat(chain.listener(attached), id, body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains(code);
        assertThat(chain.backend().received(id)).isEmpty();
    }

    private static Socket startBody(URI listener) throws IOException {
        Socket socket = new Socket(listener.getHost(), listener.getPort());
        OutputStream out = socket.getOutputStream();
        out.write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n"
                + "{\"model\":").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (!condition.call() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(condition.call()).isTrue();
    }

    private static double underWay() throws Exception {
        return Metrics.read(chain.service("guard").management()).sum("gatehouse_exchanges_active", "");
    }

    private static double aborted() throws Exception {
        return Metrics.read(chain.service("guard").management()).sum("gatehouse_exchanges_total", "ending=\"aborted\"");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
