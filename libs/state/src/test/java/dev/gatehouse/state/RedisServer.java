package dev.gatehouse.state;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testbed.Ports;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Redis for tests, started by the program that GATEHOUSE_REDIS_SERVER names. */
public final class RedisServer implements AutoCloseable {

    private final int port;
    private final Path folder;
    private final List<String> options;
    private Process process;

    private RedisServer(int port, List<String> options) throws IOException {
        this.port = port;
        this.folder = Files.createTempDirectory("redis");
        this.options = options;
    }

    /** On a free port, with further options of redis-server. */
    public static RedisServer start(String... options) throws IOException {
        return start(Ports.free(), options);
    }

    /** A sentinel that watches this server as {@code main} and needs one more to agree that it is dead. */
    RedisServer sentinel() throws IOException {
        Path configuration = Files.createTempFile(folder, "sentinel", ".conf");
        Files.writeString(configuration, "sentinel monitor main 127.0.0.1 " + port + " 2\nsentinel down-after-milliseconds main 1000\n"
                + "sentinel failover-timeout main 5000\n");
        RedisServer sentinel = new RedisServer(Ports.free(), List.of());
        sentinel.launch("+monitor", List.of(configuration.toString(), "--sentinel", "--port", String.valueOf(sentinel.port), "--bind", "127.0.0.1"));
        return sentinel;
    }

    private static RedisServer start(int port, String... options) throws IOException {
        assumeTrue(System.getenv("GATEHOUSE_REDIS_SERVER") != null, "GATEHOUSE_REDIS_SERVER names no redis-server to start");
        RedisServer server = new RedisServer(port, List.of(options));
        server.run();
        return server;
    }

    /** Starts it, or starts it again, on its port; without its data unless an option says that they are kept. */
    public void run() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", folder.toString()));
        arguments.addAll(options);
        launch("Ready to accept connections", arguments);
    }

    private void launch(String ready, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getenv("GATEHOUSE_REDIS_SERVER")));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        await(ready, process.inputReader());
    }

    /** What was given for one of the options. */
    String setting(String option) {
        return options.get(options.indexOf("--" + option) + 1);
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Sends a command on a connection of its own; the answer's text, or of an array its first line. Arguments are ASCII. */
    public String command(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("deprecation") // readLine reads bytes as characters: answers are ASCII
    private static String answer(DataInputStream input) throws IOException {
        String line = input.readLine();
        if (line == null || !line.startsWith("$") || line.equals("$-1")) {
            return line;
        }
        return new String(input.readNBytes(Integer.parseInt(line.substring(1))), StandardCharsets.US_ASCII);
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void await(String ready, BufferedReader output) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            if (line.contains(ready)) {
                return;
            }
        }
        throw new IOException("redis-server ended:\n" + seen);
    }
}
