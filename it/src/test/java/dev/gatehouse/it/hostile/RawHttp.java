package dev.gatehouse.it.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that goes on reading when the server answers and closes before the whole body was sent. */
final class RawHttp {

    private RawHttp() {}

    static int status(URI listener, String testId, byte[] body) throws IOException {
        try (Socket socket = new Socket(listener.getHost(), listener.getPort())) {
            Thread.ofVirtual().start(() -> send(socket, testId, body));
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(in.readLine().split(" ")[1]);
        }
    }

    private static void send(Socket socket, String testId, byte[] body) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-test-id: " + testId
                    + "\r\ncontent-length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        } catch (IOException closedEarly) {
            return;
        }
    }
}
