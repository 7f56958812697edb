package dev.gatehouse.it.chain;

import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Redis for a chain under test, on a port that it keeps over a restart. */
public final class Redis implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final List<String> options;
    private final int port = Ports.free();
    private Program program;

    private Redis(String name, List<String> options) {
        this.name = name;
        this.options = options;
        start();
    }

    /** The program that {@code GATEHOUSE_REDIS_SERVER} names, if it is set. */
    public static Optional<String> binary() {
        return Optional.ofNullable(System.getenv("GATEHOUSE_REDIS_SERVER")).filter(path -> !path.isBlank());
    }

    /** One that forgets everything when it ends. @param options more of redis-server */
    public static Redis start(String name, String... options) {
        return new Redis(name, Stream.concat(Stream.of("--save", "", "--appendonly", "no"), Stream.of(options)).toList());
    }

    /** One that knows after a crash all that it had confirmed. */
    public static Redis persistent(String name) throws IOException {
        return new Redis(name, List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always", "--dir",
                Files.createTempDirectory("redis").toString()));
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Crashes it. */
    public void kill() {
        program.kill();
    }

    /** Lets it hang: it listens and never answers. */
    public void pause() {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(program.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Redis cannot be sent " + name, e);
        }
    }

    /** What it answers to a command, as it is on the wire; bytes are characters. */
    public String command(String... words) throws IOException {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.append("*1\r\n$4\r\nQUIT\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Starts it again. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(binary().orElseThrow(), "--port", String.valueOf(port), "--bind", "127.0.0.1"));
        command.addAll(options);
        program = Program.start(name, command, Map.of());
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Redis does not answer, see " + program.log().toAbsolutePath());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8).equals("+PONG");
        } catch (IOException away) {
            return false;
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
