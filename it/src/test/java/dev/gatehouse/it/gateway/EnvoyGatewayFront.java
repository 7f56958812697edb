package dev.gatehouse.it.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Front;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Ports;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chain.Way;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.testbed.kubernetes.Binaries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Services behind a real Envoy Gateway without a cluster, attached to its Gateway {@code local} by what the attachment chart renders.
 *
 * @param services in the order of the chain
 */
record EnvoyGatewayFront(Backend backend, Map<String, Replica> services, EnvoyGateway gateway, URI listener) implements Front {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Skips the test where a program is missing. */
    static void assumePrograms() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Binaries.envoyGateway();
        Binaries.helm();
    }

    /**
     * Starts the services with the policies and routes of a folder, then the gateway.
     *
     * @param members in the order of the chain
     */
    static EnvoyGatewayFront start(String name, Path config, Member... members) throws IOException {
        Backend backend = new Backend();
        Map<String, Replica> services = new LinkedHashMap<>();
        for (Member member : members) {
            services.put(member.service(), new Replica(name + "-" + member.service(), member, config));
        }
        GatewaySide side = new GatewaySide("default", Ports.free(), backend.port());
        List<JsonNode> objects = new ArrayList<>(side.objects(config));
        services.forEach((service, replica) -> objects.add(side.backend(service, replica.grpcPort())));
        objects.addAll(new Helm(Files.createTempDirectory("helm"), "default").template("gatehouse-attachment", name, attachment(services.keySet())));
        EnvoyGateway gateway = EnvoyGateway.onFile(name, text(objects)).ready(side.listener(), GatewaySide.READY);
        return new EnvoyGatewayFront(backend, services, gateway, side.listener());
    }

    private static List<String> attachment(Iterable<String> features) {
        List<String> values = new ArrayList<>(List.of("gateway=envoy-gateway", "targets[0].name=local", "features={" + String.join(",", features) + "}"));
        features.forEach(feature -> Stream.of("group=gateway.envoyproxy.io", "kind=Backend", "name=" + feature)
                .forEach(field -> values.add("services." + feature + ".backendRef." + field)));
        return values;
    }

    private static String text(List<JsonNode> objects) throws IOException {
        StringBuilder documents = new StringBuilder();
        for (JsonNode object : objects) {
            documents.append(YAML.writeValueAsString(object));
        }
        return documents.toString();
    }

    Replica service(String name) {
        return services.get(name);
    }

    @Override
    public List<Way> ways() {
        return List.of(new Way("ENVOY_GATEWAY", Attached.FULL_DUPLEX_STREAMED, listener));
    }

    @Override
    public void close() {
        gateway.close();
        services.values().forEach(Replica::close);
        backend.close();
    }
}
