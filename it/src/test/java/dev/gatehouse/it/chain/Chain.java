package dev.gatehouse.it.chain;

import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Envoy, services in the order given and a backend, started on free ports; one listener an attachment. */
public final class Chain implements Front {

    private final String name;
    private final boolean failOpen;
    private final Backend backend = new Backend();
    private final int upstream;
    private final Map<String, Integer> models;
    private final Map<String, List<Replica>> services = new LinkedHashMap<>();
    private final Map<Attached, Integer> listeners = new EnumMap<>(Attached.class);
    private Program envoy;

    private Chain(String name, Path config, boolean failOpen, OptionalInt upstream, Map<String, Integer> models, Member... members) throws IOException {
        this.name = name;
        this.failOpen = failOpen;
        this.upstream = upstream.orElse(backend.port());
        this.models = models;
        for (Member member : members) {
            services.put(member.service(), replicas(member, config));
        }
        for (Attached attached : Attached.values()) {
            listeners.put(attached, Ports.free());
        }
        all().forEach(Replica::ready);
        this.envoy = startEnvoy();
    }

    /** The Envoy binary of {@code GATEHOUSE_ENVOY}, if it is set. */
    public static Optional<String> envoyBinary() {
        return Optional.ofNullable(System.getenv("GATEHOUSE_ENVOY")).filter(path -> !path.isBlank());
    }

    /**
     * Starts a chain with the policies and routes of a folder.
     *
     * @param failOpen {@code failure_mode_allow} of Envoy's filters
     * @param members  in the order in which a request passes them
     */
    public static Chain start(String name, Path config, boolean failOpen, Member... members) throws IOException {
        return new Chain(name, config, failOpen, OptionalInt.empty(), Map.of(), members);
    }

    /** As {@link #start}, before a server on that port in place of the {@link #backend}. */
    public static Chain startBefore(int upstream, String name, Path config, boolean failOpen, Member... members) throws IOException {
        return new Chain(name, config, failOpen, OptionalInt.of(upstream), Map.of(), members);
    }

    /**
     * As {@link #start}, with backends of their own for some models: Envoy routes by {@value EnvoyConfig#MODEL_HEADER}, and what names none
     * of them to the {@link #backend}.
     *
     * @param models port by model
     */
    public static Chain startRouted(Map<String, Integer> models, String name, Path config, boolean failOpen, Member... members) throws IOException {
        return new Chain(name, config, failOpen, OptionalInt.empty(), models, members);
    }

    public URI listener(Attached attached) {
        return URI.create("http://127.0.0.1:" + listeners.get(attached));
    }

    @Override
    public List<Way> ways() {
        return listeners.keySet().stream().map(attached -> new Way(attached.name(), attached, listener(attached))).toList();
    }

    @Override
    public Backend backend() {
        return backend;
    }

    /** The replicas of a service. */
    public List<Replica> replicas(String service) {
        return services.get(service);
    }

    /** The first, or only, replica of a service. */
    public Replica service(String service) {
        return replicas(service).getFirst();
    }

    /** Crashes Envoy. */
    public void killEnvoy() {
        envoy.kill();
    }

    /** Starts Envoy again, on the same ports. */
    public void startEnvoyAgain() throws IOException {
        envoy = startEnvoy();
    }

    /** What Envoy wrote: its warnings and its access log. */
    public Path envoyLog() {
        return envoy.log();
    }

    @Override
    public void close() {
        envoy.close();
        all().forEach(replica -> replica.program().terminate());
        all().forEach(Replica::close);
        backend.close();
    }

    private Stream<Replica> all() {
        return services.values().stream().flatMap(List::stream);
    }

    private List<Replica> replicas(Member member, Path config) {
        return IntStream.range(0, member.replicas())
                .mapToObj(i -> new Replica(name + "-" + member.service() + (i == 0 ? "" : "-" + i), member, config)).toList();
    }

    private Program startEnvoy() throws IOException {
        int admin = Ports.free();
        Path file = Files.createDirectories(Path.of("target", "it-logs")).resolve(name + "-envoy.json");
        Files.write(file, new EnvoyConfig(admin, listeners, new ArrayList<>(services.entrySet()), upstream, models, failOpen).bytes());
        List<String> command = List.of(envoyBinary().orElseThrow(), "-c", file.toString(), "--use-dynamic-base-id",
                "--concurrency", "2", "--log-level", "warning", "--file-flush-interval-msec", "100");
        return Program.start(name + "-envoy", command, Map.of())
                .ready(URI.create("http://127.0.0.1:" + admin + "/ready"), Duration.ofSeconds(20));
    }
}
