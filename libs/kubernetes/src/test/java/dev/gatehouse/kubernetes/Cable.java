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
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to an API server, which can be cut: connections end, and further ones are closed at once. */
final class Cable implements AutoCloseable {

    private final URI server;
    private final ServerSocket listener;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final Duration delay;
    private volatile boolean cut;

    Cable(URI server) throws IOException {
        this(server, Duration.ZERO);
    }

    /** @param delay of all that passes, in each direction, as between two machines */
    Cable(URI server, Duration delay) throws IOException {
        this.server = server;
        this.delay = delay;
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

    private void pipe(Socket from, Socket to) {
        BlockingQueue<Due> way = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> deliver(way, to));
        try (InputStream in = from.getInputStream()) {
            byte[] buffer = new byte[16_384];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                way.add(new Due(System.nanoTime() + delay.toNanos(), Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            end(to);
        } finally {
            way.add(Due.END);
        }
    }

    /** Bytes, and when they arrive ({@link System#nanoTime}). */
    private record Due(long at, byte[] bytes) {
        private static final Due END = new Due(0, new byte[0]);
    }

    private static void deliver(BlockingQueue<Due> way, Socket to) {
        try (OutputStream out = to.getOutputStream()) {
            for (Due next = way.take(); next != Due.END; next = way.take()) {
                TimeUnit.NANOSECONDS.sleep(next.at() - System.nanoTime());
                out.write(next.bytes());
            }
        } catch (IOException e) {
            end(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
