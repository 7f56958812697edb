package dev.gatehouse.envoy.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.testbed.Ports;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The second layer of failure: what the client gets when the server is dead before the request, or dies in or after its
 * body. FULL_DUPLEX_STREAMED opens for requests without a body only: Envoy sends the first chunk before it knows that the
 * server is dead, and keeps no copy. The table in the docs is this one.
 */
@EnabledIfEnvironmentVariable(named = "GATEHOUSE_ENVOY", matches = ".+", disabledReason = "GATEHOUSE_ENVOY names no Envoy binary")
class RealEnvoyKilledServerTest {

    private static final Map<String, Integer> PORTS = new HashMap<>();
    private static Upstream upstream;
    private static EnvoyProcess envoy;
    private static int serverPort;

    private final CountDownLatch began = new CountDownLatch(1);
    private final CountDownLatch chunk = new CountDownLatch(1);
    private final CountDownLatch judging = new CountDownLatch(1);
    private EnvoyServer server;

    @BeforeAll
    static void startEnvoy() throws Exception {
        upstream = new Upstream();
        serverPort = Ports.free();
        int admin = Ports.free();
        Configuration configuration = new Configuration(admin)
                .cluster("upstream", upstream.port(), false)
                .cluster("gatehouse", serverPort, true);
        for (BodyMode mode : BodyMode.values()) {
            for (boolean failOpen : new boolean[] {true, false}) {
                int port = Ports.free();
                PORTS.put(mode.name() + failOpen, port);
                configuration.listener(port, Configuration.extProc("gatehouse", mode.name(), failOpen, "5s"));
            }
        }
        envoy = new EnvoyProcess(System.getenv("GATEHOUSE_ENVOY"), configuration.render(), admin);
    }

    @AfterAll
    static void stopEnvoy() throws Exception {
        envoy.close();
        upstream.close();
    }

    @BeforeEach
    void startServer() throws Exception {
        TestHandler hanging = TestHandler.ofRequest(request -> {
            began.countDown();
            request.body();
            judging.countDown();
            new CountDownLatch(1).await();
            return RequestVerdict.forward();
        });
        server = new EnvoyServer(
                EnvoyServer.Settings.plain("127.0.0.1", serverPort),
                List.of(new Watched(new ExtProcService(hanging, ExchangeObserver.NONE), chunk)));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BUFFERED,             false, 500, ''",
        "BUFFERED,             true,  200, helloworld",
        "BUFFERED_PARTIAL,     false, 500, ''",
        "BUFFERED_PARTIAL,     true,  200, helloworld",
        "STREAMED,             false, 500, ''",
        "STREAMED,             true,  200, helloworld",
        "FULL_DUPLEX_STREAMED, false, 500, ''",
        "FULL_DUPLEX_STREAMED, true,  500, ''"})
    void serverThatWasDeadBefore(BodyMode mode, boolean failOpen, int status, String body) throws Exception {
        server.close();
        Client.Answer answer = new Client(port(mode, failOpen)).post("/echo", "helloworld");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "BUFFERED,             false, 500",
        "BUFFERED,             true,  200",
        "STREAMED,             true,  200",
        "FULL_DUPLEX_STREAMED, false, 500",
        "FULL_DUPLEX_STREAMED, true,  200"})
    void requestWithoutBodyToADeadServer(BodyMode mode, boolean failOpen, int status) throws Exception {
        server.close();
        assertThat(new Client(port(mode, failOpen)).get("/echo").status()).isEqualTo(status);
    }

    /** Of a STREAMED body, the chunks that were cleared while it was collected are gone: open means cut here. */
    @ParameterizedTest
    @CsvSource({
        "BUFFERED,             false, 500, ''",
        "BUFFERED,             true,  200, helloworld",
        "BUFFERED_PARTIAL,     false, 500, ''",
        "BUFFERED_PARTIAL,     true,  200, helloworld",
        "STREAMED,             false, 500, ''",
        "STREAMED,             true,  200, world",
        "FULL_DUPLEX_STREAMED, false, 500, ''",
        "FULL_DUPLEX_STREAMED, true,  500, ''"})
    void serverThatDiesInTheBody(BodyMode mode, boolean failOpen, int status, String body) throws Exception {
        try (Socket socket = new Client(port(mode, failOpen)).connect()) {
            Client.write(socket, "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhello");
            boolean inChunks = mode == BodyMode.STREAMED || mode == BodyMode.FULL_DUPLEX_STREAMED;
            assertThat((inChunks ? chunk : began).await(10, TimeUnit.SECONDS)).isTrue();
            server.close();
            Client.write(socket, "world");
            Client.Answer answer = answer(socket);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BUFFERED,             false, 500, ''",
        "BUFFERED,             true,  200, helloworld",
        "BUFFERED_PARTIAL,     false, 500, ''",
        "BUFFERED_PARTIAL,     true,  200, helloworld",
        "STREAMED,             false, 500, ''",
        "STREAMED,             true,  200, helloworld",
        "FULL_DUPLEX_STREAMED, false, 500, ''",
        "FULL_DUPLEX_STREAMED, true,  500, ''"})
    void serverThatDiesAfterTheBody(BodyMode mode, boolean failOpen, int status, String body) throws Exception {
        try (Socket socket = new Client(port(mode, failOpen)).connect()) {
            Client.write(socket, "POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhelloworld");
            assertThat(judging.await(10, TimeUnit.SECONDS)).isTrue();
            server.close();
            Client.Answer answer = answer(socket);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    private static int port(BodyMode mode, boolean failOpen) {
        return PORTS.get(mode.name() + failOpen);
    }

    private static Client.Answer answer(Socket socket) throws Exception {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String head = Upstream.head(in);
        return head.isEmpty()
                ? new Client.Answer(0, "", "")
                : new Client.Answer(Integer.parseInt(head.split(" ", 3)[1]), head, Upstream.body(in, head));
    }

    /** Tells when the service has been given a request's chunk. */
    private record Watched(ExtProcService service, CountDownLatch chunk) implements BindableService, ServerInterceptor {

        @Override
        public ServerServiceDefinition bindService() {
            return ServerInterceptors.intercept(service, this);
        }

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata metadata, ServerCallHandler<Q, R> next) {
            return new SimpleForwardingServerCallListener<>(next.startCall(call, metadata)) {
                @Override
                public void onMessage(Q message) {
                    super.onMessage(message);
                    if (message instanceof ProcessingRequest request && request.hasRequestBody()) {
                        chunk.countDown();
                    }
                }
            };
        }
    }
}
