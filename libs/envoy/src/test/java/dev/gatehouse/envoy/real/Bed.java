package dev.gatehouse.envoy.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.TestHandler;
import dev.gatehouse.envoy.extauthz.ExtAuthzService;
import dev.gatehouse.envoy.extauthz.HttpAuthz;
import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backend, our server and a real Envoy between them, with a listener for every way to attach. */
final class Bed implements AutoCloseable {

    /** Hands on to the feature of the test that runs. */
    private static final class Current implements Feature {
        private volatile TestHandler handler = TestHandler.untouched();

        @Override
        public String name() {
            return "guard";
        }

        @Override
        public Optional<Acceptance> accept(RequestHead head) {
            return handler.accept(head);
        }
    }

    private final Current current = new Current();
    private final Map<BodyMode, Integer> ports = new EnumMap<>(BodyMode.class);
    private final Map<BodyMode, Integer> impatientPorts = new EnumMap<>(BodyMode.class);
    final Upstream upstream = new Upstream();
    private final EnvoyServer server;
    private final HttpServer httpServer;
    private final EnvoyProcess envoy;
    private int authzGrpcPort;
    private int authzHttpPort;

    Bed() throws Exception {
        server = new EnvoyServer(EnvoyServer.Settings.plain("127.0.0.1", 0), List.of(
                new ExtProcService(current, ExchangeObserver.NONE), new ExtAuthzService(current, ExchangeObserver.NONE)));
        server.ready(true);
        httpServer = httpAuthz();
        envoy = startEnvoy();
    }

    private EnvoyProcess startEnvoy() throws Exception {
        int admin = Ports.free();
        Configuration configuration = new Configuration(admin)
                .cluster("upstream", upstream.port(), false)
                .cluster("gatehouse", server.port(), true)
                .cluster("gatehouse-http", httpServer.getAddress().getPort(), false);
        for (BodyMode mode : BodyMode.values()) {
            ports.put(mode, Ports.free());
            configuration.listener(ports.get(mode), Configuration.extProc("gatehouse", mode.name(), false, "5s"));
            impatientPorts.put(mode, Ports.free());
            configuration.listener(impatientPorts.get(mode), Configuration.extProc("gatehouse", mode.name(), false, "0.2s"));
        }
        authzGrpcPort = Ports.free();
        authzHttpPort = Ports.free();
        configuration.listener(authzGrpcPort, Configuration.extAuthzGrpc("gatehouse"));
        configuration.listener(authzHttpPort, Configuration.extAuthzHttp("gatehouse-http", httpServer.getAddress().getPort()));
        return new EnvoyProcess(System.getenv("GATEHOUSE_ENVOY"), configuration.render(), admin);
    }

    private HttpServer httpAuthz() throws IOException {
        HttpAuthz authz = new HttpAuthz(current, ExchangeObserver.NONE, "/authz");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/authz", exchange -> answer(exchange, authz));
        http.start();
        return http;
    }

    private static void answer(HttpExchange exchange, HttpAuthz authz) throws IOException {
        List<Headers.Field> fields = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpAuthz.Result result = authz.check(new HttpAuthz.Incoming(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), new Headers(fields), body)).toCompletableFuture().join();
        result.headers().fields().forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        exchange.sendResponseHeaders(result.status(), result.body().length == 0 ? -1 : result.body().length);
        exchange.getResponseBody().write(result.body());
        exchange.close();
    }

    /** The feature of the test that runs. */
    TestHandler use(TestHandler handler) {
        current.handler = handler;
        upstream.received.clear();
        upstream.broken.clear();
        return handler;
    }

    Client client(BodyMode mode) {
        return new Client(ports.get(mode));
    }

    /** Through a listener whose {@code message_timeout} is 200 ms. */
    Client impatientClient(BodyMode mode) {
        return new Client(impatientPorts.get(mode));
    }

    Client authzGrpcClient() {
        return new Client(authzGrpcPort);
    }

    Client authzHttpClient() {
        return new Client(authzHttpPort);
    }

    @Override
    public void close() throws Exception {
        envoy.close();
        server.close();
        httpServer.stop(0);
        upstream.close();
    }
}
