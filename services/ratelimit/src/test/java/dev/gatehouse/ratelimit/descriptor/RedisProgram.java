package dev.gatehouse.ratelimit.descriptor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.testbed.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Redis that the program of GATEHOUSE_REDIS_SERVER is. */
public final class RedisProgram implements AutoCloseable {

    private final int port = Ports.free();
    private final Process process;

    public RedisProgram() throws IOException {
        String program = System.getenv("GATEHOUSE_REDIS_SERVER");
        assumeTrue(program != null, "GATEHOUSE_REDIS_SERVER names no redis-server to start");
        Path folder = Files.createTempDirectory("redis");
        process = new ProcessBuilder(program, "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", folder.toString()).redirectErrorStream(true).start();
        awaitReady(process.inputReader());
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains("Ready to accept connections")) {
                return;
            }
        }
        throw new IOException("redis-server ended");
    }
}
