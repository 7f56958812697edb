package dev.gatehouse.it.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.Yaml;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Istio's control plane, which reads an API server. What needs Istio's own build of Envoy is off: telemetry, ALPN; and what needs its agent
 * beside Envoy: certificates, and so mutual TLS.
 */
final class Istiod implements AutoCloseable {

    static final String NAMESPACE = "istio-system";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            "POD_NAME", "istiod-0", "POD_NAMESPACE", NAMESPACE, "PILOT_ENABLE_METADATA_EXCHANGE", "false", "PILOT_ENABLE_ALPN_FILTER", "false",
            "ENABLE_CA_SERVER", "false", "INJECT_ENABLED", "false", "PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER", "false");

    private final Program program;
    private final int xds;

    private Istiod(Program program, int xds) {
        this.program = program;
        this.xds = xds;
    }

    static List<JsonNode> crds() throws IOException {
        return Yaml.documents(Files.readString(Binaries.istioCrds()));
    }

    /** @param extensions of the mesh's configuration, a document of YAML */
    static Istiod start(String name, Path kubeconfig, String extensions) throws IOException {
        Path mesh = Files.writeString(Files.createDirectories(Path.of("target", "istio")).resolve(name + "-mesh.yaml"), "enableAutoMtls: false\n" + extensions);
        int http = Ports.free();
        int xds = Ports.free();
        List<String> command = List.of(Binaries.istiod().toString(), "discovery", "--kubeconfig", kubeconfig.toString(), "--meshConfig", mesh.toString(),
                "--networksConfig", mesh.resolveSibling("none.yaml").toString(), "--httpAddr", "127.0.0.1:" + http, "--grpcAddr", "127.0.0.1:" + xds,
                "--httpsAddr", "", "--secureGRPCAddr", "", "--monitoringAddr", "", "--ctrlz_port", "0");
        Program program = Program.start(name + "-istiod", command, SETTINGS).ready(URI.create("http://127.0.0.1:" + http + "/ready"), PATIENCE);
        return new Istiod(program, xds);
    }

    /** The port on which it serves Envoys, without TLS. */
    int xds() {
        return xds;
    }

    @Override
    public void close() {
        program.close();
    }
}
