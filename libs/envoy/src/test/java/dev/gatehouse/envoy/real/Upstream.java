package dev.gatehouse.envoy.real;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A backend on plain sockets, so that chunks, trailers and pace are ours. {@code /echo} answers with the request's body,
 * {@code /stream} with five SSE events {@value #PACE_MILLIS} ms apart, {@code /trailers} with a body and a trailer,
 * {@code /endless} with events until the connection breaks.
 */
final class Upstream implements AutoCloseable {

    /** What came. */
    record Received(String head, String body) {}

    static final int PACE_MILLIS = 150;

    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    final BlockingQueue<String> broken = new LinkedBlockingQueue<>();
    private final ServerSocket socket = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());

    Upstream() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    Received next() throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing reached the upstream");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            connection.setTcpNoDelay(true);
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String body = body(in, head);
                received.add(new Received(head, body));
                answer(head, body, connection.getOutputStream());
            }
        } catch (IOException e) {
            broken.add(String.valueOf(e.getMessage()));
        }
    }

    private static void answer(String head, String body, OutputStream out) throws IOException {
        String path = head.split(" ", 3)[1];
        if (path.startsWith("/stream")) {
            stream(out, 5);
        } else if (path.startsWith("/endless")) {
            stream(out, Integer.MAX_VALUE);
        } else if (path.startsWith("/trailers")) {
            write(out, "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n"
                    + "6\r\nanswer\r\n0\r\nx-sum: 1\r\n\r\n");
        } else {
            int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
            write(out, "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: " + length + "\r\n\r\n" + body);
        }
    }

    private static void stream(OutputStream out, int events) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
        for (int i = 1; i <= events; i++) {
            String event = "data: event " + i + "\n\n";
            write(out, Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
            pause();
        }
        write(out, "0\r\n\r\n");
    }

    private static void pause() {
        try {
            Thread.sleep(PACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** The body, with trailers behind it after a line {@code trailers:}. */
    static String body(InputStream in, String head) throws IOException {
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return chunked(in);
        }
        int at = lower.indexOf("content-length: ");
        if (at < 0) {
            return "";
        }
        int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)).trim());
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static String chunked(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = size(in); size > 0; size = size(in)) {
            body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
            line(in);
        }
        for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
            body.append("\ntrailers: ").append(trailer);
        }
        return body.toString();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).trim(), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
