package dev.gatehouse.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Metrics;
import dev.gatehouse.it.chain.Policies;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Envoy crashes with an exchange under way and comes back; the guard ends the exchange and serves the new Envoy. */
class EnvoyRestartTest {

    private static final String SPEC = """
            timeout: 5s
            rules: [{name: no-injection, action: Block, signatures: {}}]
            """;

    @BeforeEach
    void envoyIsThere() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
    }

    @Test
    void anExchangeUnderWayEndsAndTheNextEnvoyIsServed() throws Exception {
        try (Chain chain = Chain.start("envoy-restart", Policies.one("restart", SPEC), false, Member.of("guard"))) {
            URI listener = chain.listener(Attached.FULL_DUPLEX_STREAMED);
            try (Socket socket = new Socket(listener.getHost(), listener.getPort())) {
                sendHalfABody(socket);
                await(chain, 1);
                chain.killEnvoy();
                await(chain, 0);
            }
            chain.startEnvoyAgain();
            assertThat(Client.send(Client.chat(listener, Client.newTestId(), Client.prompt("hi"))).statusCode()).isEqualTo(200);
        }
    }

    private static void sendHalfABody(Socket socket) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"model\":"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void await(Chain chain, double active) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (active(chain) != active && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(active(chain)).isEqualTo(active);
    }

    private static double active(Chain chain) throws Exception {
        return Metrics.read(chain.service("guard").management()).sum("gatehouse_exchanges_active", "");
    }
}
