package dev.gatehouse.kubernetes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** The page {@code GET /v1/policies} of a replica. */
final class Page implements AutoCloseable {

    private final HttpServer server;
    private volatile String page = "[]";

    Page() throws IOException {
        server = HttpServer.create(new InetSocketAddress(address(), 0), 16);
        server.createContext("/v1/policies", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    void shows(String uid, long generation) {
        page = "[{\"kind\": \"PromptGuardPolicy\", \"uid\": \"" + uid + "\", \"generation\": " + generation + "}]";
    }

    /** An EndpointSlice of the Service {@code guard} with this replica. */
    String slice(String namespace, String name) throws SocketException {
        return """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s, namespace: %s, labels: {kubernetes.io/service-name: guard}}
                addressType: IPv4
                ports: [{name: management, port: %d, protocol: TCP}]
                endpoints: [{addresses: ["%s"], conditions: {ready: true}}]
                """.formatted(name, namespace, server.getAddress().getPort(), address());
    }

    /** The API server takes no loopback address for an endpoint. */
    private static String address() throws SocketException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst().orElseThrow().getHostAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
