package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.testbed.kubernetes.Binaries;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Envoy Gateway that reads its resources from a file or an API server and runs Envoy as its child. */
final class EnvoyGateway implements AutoCloseable {

    /** The version under which Envoy Gateway is shown the binary of {@code GATEHOUSE_ENVOY}. */
    static final String ENVOY_VERSION = "1.40.0";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FileLock machine;
    private final Program program;

    private EnvoyGateway(FileLock machine, Program program) {
        this.machine = machine;
        this.program = program;
    }

    /** Starts it on resources in a file. */
    static EnvoyGateway onFile(String name, String resources) throws IOException {
        Path home = home();
        Path file = Files.writeString(Files.createDirectories(home.resolve(name)).resolve("resources.yaml"), resources);
        return start(name, List.of(), configuration("{type: File, file: {paths: [\"" + file + "\"]}}"), Map.of());
    }

    /** Starts it on an API server, which must have its CRDs. */
    static EnvoyGateway onApi(String name, Path kubeconfig) throws IOException {
        return onApi(name, kubeconfig, "");
    }

    /** @param settings more of its configuration, in YAML */
    static EnvoyGateway onApi(String name, Path kubeconfig, String settings) throws IOException {
        Map<String, String> environment = Map.of("KUBECONFIG", kubeconfig.toString());
        Program.start(name + "-certgen", List.of(Binaries.envoyGateway().toString(), "certgen", "--disable-topology-injector"), environment).finished(PATIENCE);
        String configuration = configuration("{type: Kubernetes, kubernetes: {leaderElection: {disable: true}}}") + settings;
        return start(name, withCertificates(home()), configuration, environment);
    }

    /** With an API server, Envoy Gateway reads certificates from {@code /certs} whatever it is told. */
    private static List<String> withCertificates(Path home) throws IOException {
        Path root = Files.createDirectories(home.resolve("root"));
        List<String> namespaces = System.getProperty("user.name").equals("root") ? List.of("--mount") : List.of("--user", "--map-root-user", "--mount");
        return Stream.of(List.of("unshare"), namespaces, List.of("sh", Path.of("src/test/resources/with-certs.sh").toAbsolutePath().toString(),
                root.toString(), home.resolve("config/certs/envoy-gateway").toString())).flatMap(List::stream).toList();
    }

    /** Waits while another process of this machine has its ports. @param before what runs the program */
    private static EnvoyGateway start(String name, List<String> before, String configuration, Map<String, String> environment) throws IOException {
        Path home = home();
        prepare(home);
        Path config = Files.writeString(home.resolve(name + ".yaml"), configuration);
        FileLock machine = FileChannel.open(Path.of(System.getProperty("java.io.tmpdir"), "gatehouse-envoy-gateway.lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE).lock();
        List<String> server = List.of(Binaries.envoyGateway().toString(), "server", "--config-path", config.toString());
        return new EnvoyGateway(machine, Program.start(name, Stream.concat(before.stream(), server.stream()).toList(), environment));
    }

    private static Path home() throws IOException {
        return Files.createDirectories(Path.of("target", "envoy-gateway")).toAbsolutePath();
    }

    /** Folder with {@code tls.crt}, {@code tls.key} and {@code ca.crt} of the rate limit service that it calls. */
    static Path rateLimitCertificates() throws IOException {
        prepare(home());
        return home().resolve("config/certs/envoy-rate-limit");
    }

    /** Envoy where Envoy Gateway looks before it downloads one, and the certificates of their connection. */
    private static void prepare(Path home) throws IOException {
        Path envoy = Files.createDirectories(home.resolve("data/envoy-versions/" + ENVOY_VERSION + "/bin")).resolve("envoy");
        Files.deleteIfExists(envoy);
        Files.createSymbolicLink(envoy, Path.of(Chain.envoyBinary().orElseThrow()));
        if (!Files.exists(home.resolve("config/certs"))) {
            Program.start("envoy-gateway-certgen", List.of(Binaries.envoyGateway().toString(), "certgen", "--local", "--config-home",
                    home.resolve("config").toString()), Map.of()).finished(PATIENCE);
        }
    }

    private static String configuration(String source) throws IOException {
        Path home = home();
        return """
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: EnvoyGateway
                gateway: {controllerName: gateway.envoyproxy.io/gatewayclass-controller}
                provider:
                  type: Custom
                  custom:
                    resource: %s
                    infrastructure:
                      type: Host
                      host: {configHome: "%s/config", dataHome: "%s/data", stateHome: "%s/state", runtimeDir: "%s/run"}
                admin: {address: {host: 127.0.0.1, port: 0}}
                telemetry: {metrics: {prometheus: {disable: true}}}
                logging: {level: {default: info}}
                extensionApis: {enableBackend: true}
                """.formatted(source, home, home, home, home);
    }

    /** Waits until it answers. */
    EnvoyGateway ready(URI listener) {
        try {
            Readiness.await(listener, program);
            return this;
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        program.close();
        try {
            machine.acquiredBy().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
