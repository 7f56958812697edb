package dev.gatehouse.it.advisory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request as no HTTP client would send it.
 *
 * @param target  the request target
 * @param host    the Host field
 * @param headers further field lines, each with its CR LF; characters up to U+00FF become one byte each
 * @param body    its body
 */
record RawRequest(String target, String host, String headers, byte[] body) {

    /** The status of the answer; 0 where the server closes the connection without one. */
    int send(URI listener) throws IOException {
        try (Socket socket = new Socket(listener.getHost(), listener.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(head().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return Optional.ofNullable(in.readLine()).map(line -> Integer.parseInt(line.split(" ")[1])).orElse(0);
        } catch (SocketException reset) {
            return 0;
        }
    }

    private String head() {
        return "POST " + target + " HTTP/1.1\r\nhost: " + host + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length
                + "\r\nconnection: close\r\n" + headers + "\r\n";
    }
}
