package dev.gatehouse.it.limit;

import dev.gatehouse.it.chain.Ports;
import dev.gatehouse.it.chain.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A real Redis, without any data kept on disk. */
public final class RedisProgram implements AutoCloseable {

    private final int port = Ports.free();
    private Program program;

    public RedisProgram() {
        run();
    }

    /** The start command of {@code GATEHOUSE_REDIS_SERVER}, if it is set. */
    public static Optional<String> command() {
        return Optional.ofNullable(System.getenv("GATEHOUSE_REDIS_SERVER")).filter(path -> !path.isBlank());
    }

    /** Starts it, or starts it again on its port, empty. */
    public void run() {
        program = Program.start("redis-" + port, List.of(command().orElseThrow(), "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "",
                "--appendonly", "no"), Map.of());
        while (!listens()) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    public void kill() {
        program.kill();
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        program.kill();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
