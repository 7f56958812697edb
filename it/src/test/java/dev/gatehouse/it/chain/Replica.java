package dev.gatehouse.it.chain;

import dev.gatehouse.testbed.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One process of a member, on ports of its own which it keeps over a restart. */
public final class Replica implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Member member;
    private final Path config;
    private final int grpcPort = Ports.free();
    private final int httpPort = Ports.free();
    private final int managementPort = Ports.free();
    private Program program;

    /** Starts it with the policies and routes of a folder, and does not wait: several start faster side by side. */
    public Replica(String name, Member member, Path config) {
        this.name = name;
        this.member = member;
        this.config = config;
        this.program = start();
    }

    /** Waits until it is ready. */
    public Replica ready() {
        program.ready(management().resolve("/q/health/ready"), PATIENCE);
        return this;
    }

    public Program program() {
        return program;
    }

    public URI management() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    public int grpcPort() {
        return grpcPort;
    }

    public int httpPort() {
        return httpPort;
    }

    /** Starts it again after a kill. */
    public void restart() {
        program.kill();
        program = start();
        ready();
    }

    @Override
    public void close() {
        program.close();
    }

    private Program start() {
        return Program.start(name, member.command(), environment());
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEHOUSE_BIND", "127.0.0.1",
                "GATEHOUSE_GRPC_PORT", String.valueOf(grpcPort),
                "GATEHOUSE_HTTP_PORT", String.valueOf(httpPort),
                "GATEHOUSE_MANAGEMENT_PORT", String.valueOf(managementPort),
                "GATEHOUSE_CONFIG", config.toAbsolutePath().toString()));
        all.putAll(member.environment());
        return all;
    }
}
