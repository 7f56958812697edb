package dev.gatehouse.envoy.real;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An HTTP/1.1 client on plain sockets, that shows what came as it came. */
final class Client {

    /** An answer. */
    record Answer(int status, String head, String body) {}

    private final int port;

    Client(int port) {
        this.port = port;
    }

    Answer post(String path, String body, String... headers) throws IOException {
        int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
        return send("POST " + path + " HTTP/1.1\r\nhost: api.example.com\r\ncontent-length: " + length + "\r\n"
                + String.join("", headers) + "\r\n" + body);
    }

    Answer get(String path, String... headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nhost: api.example.com\r\n" + String.join("", headers) + "\r\n");
    }

    /** A chunked body with a trailer behind it. */
    Answer postWithTrailers(String path, String... chunks) throws IOException {
        StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: api.example.com\r\ntransfer-encoding: chunked\r\n\r\n");
        for (String chunk : chunks) {
            text.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
        }
        return send(text + "0\r\nx-sum: 1\r\n\r\n");
    }

    Answer send(String text) throws IOException {
        try (Socket socket = connect()) {
            write(socket, text);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = Upstream.head(in);
            return head.isEmpty()
                    ? new Answer(0, "", "")
                    : new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, Upstream.body(in, head));
        }
    }

    /** The times in ms after the request, at which bytes of the body came, for as long as the answer lasts. */
    List<Long> arrivals(String path) throws IOException {
        try (Socket socket = connect()) {
            write(socket, "GET " + path + " HTTP/1.1\r\nhost: api.example.com\r\nconnection: close\r\n\r\n");
            InputStream in = socket.getInputStream();
            Upstream.head(in);
            return arrivals(in);
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static List<Long> arrivals(InputStream in) throws IOException {
        List<Long> times = new ArrayList<>();
        long start = System.nanoTime();
        byte[] buffer = new byte[4096];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("data:")) {
                times.add((System.nanoTime() - start) / 1_000_000);
            }
        }
        return times;
    }
}
