package dev.gatehouse.envoy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.testbed.Ports;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A reply of an inner service, larger than the buffers on the way, which an outer service walks as it would walk the backend's. Not over
 * BUFFERED: there Envoy ends every answer that is larger than its buffer with 500, whoever gave it.
 */
@EnabledIfEnvironmentVariable(named = "GATEHOUSE_ENVOY", matches = ".+", disabledReason = "GATEHOUSE_ENVOY names no Envoy binary")
class RealEnvoyLargeReplyTest {

    private static final byte[] BODY = "0123456789abcde\n".repeat((5 << 20) / 16).getBytes(StandardCharsets.ISO_8859_1);
    private static final Map<BodyMode, Integer> PORTS = new EnumMap<>(BodyMode.class);
    private static EnvoyServer outer;
    private static EnvoyServer inner;
    private static EnvoyProcess envoy;
    private static Upstream upstream;
    private static volatile long walked;

    @BeforeAll
    static void start() throws Exception {
        upstream = new Upstream();
        outer = server(TestHandler.ofBoth(request -> RequestVerdict.forward(),
                response -> new ResponseVerdict.Rewrite(HeaderChange.none(), HandOver.none(), RealEnvoyLargeReplyTest::walk)));
        inner = server(TestHandler.ofRequest(request -> RequestVerdict.reply(LocalReply.json(200, BODY))));
        int admin = Ports.free();
        Configuration configuration = new Configuration(admin).buffers(32 << 10)
                .cluster("upstream", upstream.port(), false).cluster("outer", outer.port(), true).cluster("inner", inner.port(), true);
        for (BodyMode mode : List.of(BodyMode.STREAMED, BodyMode.BUFFERED_PARTIAL, BodyMode.FULL_DUPLEX_STREAMED)) {
            PORTS.put(mode, Ports.free());
            configuration.listener(PORTS.get(mode), Configuration.extProc("outer", mode.name(), false, "5s") + Configuration.extProc("inner", mode.name(), false, "5s"));
        }
        envoy = new EnvoyProcess(System.getenv("GATEHOUSE_ENVOY"), configuration.render(), admin);
    }

    private static EnvoyServer server(Feature feature) throws Exception {
        EnvoyServer server = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0), List.of(new ExtProcService(feature, ExchangeObserver.NONE)));
        server.ready(true);
        return server;
    }

    private static HandOver walk(BodyRewriter.Chunks in, BodyRewriter.Sink out) throws InterruptedException {
        long bytes = 0;
        for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
            bytes += chunk.length;
            out.write(chunk);
        }
        walked = bytes;
        return HandOver.none();
    }

    @AfterAll
    static void stop() throws Exception {
        envoy.close();
        outer.close();
        inner.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(value = BodyMode.class, names = {"STREAMED", "BUFFERED_PARTIAL", "FULL_DUPLEX_STREAMED"})
    void comesWholeAndTheOuterServiceSeesAllOfIt(BodyMode mode) throws Exception {
        walked = 0;
        Client.Answer answer = new Client(PORTS.get(mode)).post("/v1/chat/completions", "{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().length()).isEqualTo(BODY.length);
        assertThat(walked).isEqualTo(BODY.length);
    }
}
