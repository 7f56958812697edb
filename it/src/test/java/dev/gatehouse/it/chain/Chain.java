package dev.gatehouse.it.chain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Envoy, the guard and a backend, started on free ports; one listener an attachment. */
public final class Chain implements AutoCloseable {

    private static final Path GUARD = Path.of("..", "services", "guard", "target", "quarkus-app", "quarkus-run.jar");

    private final String name;
    private final Path config;
    private final Map<String, String> environment;
    private final Backend backend;
    private final int grpcPort = Ports.free();
    private final int httpPort = Ports.free();
    private final int managementPort = Ports.free();
    private final Map<Attached, Integer> listeners = new EnumMap<>(Attached.class);
    private Program guard;
    private final boolean failOpen;
    private Program envoy;

    private Chain(String name, Path config, boolean failOpen, Map<String, String> environment) throws IOException {
        this.name = name;
        this.config = config;
        this.environment = environment;
        this.backend = new Backend();
        this.guard = startGuard();
        for (Attached attached : Attached.values()) {
            listeners.put(attached, Ports.free());
        }
        this.failOpen = failOpen;
        this.envoy = startEnvoy();
    }

    /** The Envoy binary of {@code GATEHOUSE_ENVOY}, if it is set. */
    public static Optional<String> envoyBinary() {
        return Optional.ofNullable(System.getenv("GATEHOUSE_ENVOY")).filter(path -> !path.isBlank());
    }

    /** Starts a chain with the policies and routes of a folder. */
    public static Chain start(String name, Path config, boolean failOpen) throws IOException {
        return start(name, config, failOpen, Map.of());
    }

    /** As {@link #start(String, Path, boolean)}, with more in the environment of the guard. */
    public static Chain start(String name, Path config, boolean failOpen, Map<String, String> environment) throws IOException {
        return new Chain(name, config, failOpen, environment);
    }

    public URI listener(Attached attached) {
        return URI.create("http://127.0.0.1:" + listeners.get(attached));
    }

    public URI management() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    public Backend backend() {
        return backend;
    }

    public Program guard() {
        return guard;
    }

    /** Starts the guard again after a kill. */
    public void restartGuard() {
        guard.kill();
        guard = startGuard();
    }

    /** Crashes Envoy. */
    public void killEnvoy() {
        envoy.kill();
    }

    /** Starts Envoy again, on the same ports. */
    public void startEnvoyAgain() throws IOException {
        envoy = startEnvoy();
    }

    @Override
    public void close() {
        envoy.close();
        guard.close();
        backend.close();
    }

    private Program startGuard() {
        List<String> command = List.of(java(), "-Xmx512m", "-jar", GUARD.toString());
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of(
                "GATEHOUSE_BIND", "127.0.0.1",
                "GATEHOUSE_GRPC_PORT", String.valueOf(grpcPort),
                "GATEHOUSE_HTTP_PORT", String.valueOf(httpPort),
                "GATEHOUSE_MANAGEMENT_PORT", String.valueOf(managementPort),
                "GATEHOUSE_CONFIG", config.toAbsolutePath().toString()));
        return Program.start(name + "-guard", command, all)
                .ready(management().resolve("/q/health/ready"), Duration.ofSeconds(60));
    }

    private Program startEnvoy() throws IOException {
        int admin = Ports.free();
        Path file = Files.createDirectories(Path.of("target", "it-logs")).resolve(name + "-envoy.json");
        Files.write(file, new EnvoyConfig(admin, listeners, grpcPort, httpPort, backend.port(), failOpen).bytes());
        List<String> command = List.of(envoyBinary().orElseThrow(), "-c", file.toString(), "--use-dynamic-base-id",
                "--concurrency", "2", "--log-level", "warning");
        return Program.start(name + "-envoy", command, Map.of())
                .ready(URI.create("http://127.0.0.1:" + admin + "/ready"), Duration.ofSeconds(20));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
