package dev.gatehouse.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to an API server, which can be cut: connections end, and further ones are closed at once. */
final class Cable implements AutoCloseable {

    private final URI server;
    private final ServerSocket listener;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean cut;

    Cable(URI server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "https://127.0.0.1:" + listener.getLocalPort();
    }

    void cut() {
        cut = true;
        ends.forEach(Cable::end);
    }

    void mend() {
        cut = false;
    }

    /** How many connections were refused. */
    int refused() {
        return refused.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                join(listener.accept());
            } catch (IOException e) {
                refused.incrementAndGet();
            }
        }
    }

    private void join(Socket client) throws IOException {
        if (cut) {
            end(client);
            throw new IOException("cut");
        }
        Socket far = new Socket();
        far.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        ends.add(client);
        ends.add(far);
        Thread.ofVirtual().start(() -> pipe(client, far));
        Thread.ofVirtual().start(() -> pipe(far, client));
    }

    private static void pipe(Socket from, Socket to) {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        ends.forEach(Cable::end);
    }
}
