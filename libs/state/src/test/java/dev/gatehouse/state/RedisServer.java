package dev.gatehouse.state;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Redis for tests, started by the program that GATEHOUSE_REDIS_SERVER names. */
public final class RedisServer implements AutoCloseable {

    private final int port;
    private final Path folder;
    private Process process;

    private RedisServer(int port) throws IOException {
        this.port = port;
        this.folder = Files.createTempDirectory("redis");
    }

    public static RedisServer start() throws IOException {
        assumeTrue(System.getenv("GATEHOUSE_REDIS_SERVER") != null, "GATEHOUSE_REDIS_SERVER names no redis-server to start");
        RedisServer server = new RedisServer(freePort());
        server.run();
        return server;
    }

    /** Starts it again on its port, without its data. */
    public void run() throws IOException {
        process = new ProcessBuilder(System.getenv("GATEHOUSE_REDIS_SERVER"), "--port", String.valueOf(port), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no", "--dir", folder.toString()).redirectErrorStream(true).start();
        awaitReady(process.inputReader());
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sends a command on a connection of its own and waits for the answer's first line. Arguments are ASCII. */
    public String command(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        kill();
        Files.delete(folder);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.contains("Ready to accept connections")) {
                return;
            }
        }
        throw new IOException("redis-server ended:\n" + seen);
    }
}
