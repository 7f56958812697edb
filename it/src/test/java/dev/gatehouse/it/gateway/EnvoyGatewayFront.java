package dev.gatehouse.it.gateway;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chain.Way;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Services behind a real Envoy Gateway without a cluster, attached to the listeners of its Gateway {@code local} by what the attachment
 * chart renders.
 *
 * @param services in the order of the chain
 */
record EnvoyGatewayFront(Backend backend, Map<String, Replica> services, EnvoyGateway gateway, List<Way> ways) implements GatewayFront {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Skips the test where a program is missing. */
    static void assumePrograms() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Binaries.envoyGateway();
        Binaries.helm();
    }

    /**
     * Starts the services with the policies and routes of a folder, then the gateway. One service has two ways in, ext_proc and ext_authz,
     * of which a target takes one; several have ext_proc.
     *
     * @param members in the order of the chain
     */
    static EnvoyGatewayFront start(String name, Path config, Member... members) throws IOException {
        Backend backend = new Backend();
        Map<String, Replica> services = new LinkedHashMap<>();
        for (Member member : members) {
            services.put(member.service(), new Replica(name + "-" + member.service(), member, config));
        }
        List<Entrance> entrances = members.length == 1 ? List.of(Entrance.EXT_PROC, Entrance.EXT_AUTHZ_GRPC) : List.of(Entrance.EXT_PROC);
        GatewaySide side = new GatewaySide("default", entrances.stream().collect(toMap(Entrance::name, entrance -> Ports.free())), backend.port());
        List<JsonNode> objects = new ArrayList<>(side.objects(config));
        services.forEach((service, replica) -> objects.add(side.backend(service, replica.grpcPort())));
        Helm helm = new Helm(Files.createTempDirectory("helm"), "default");
        entrances.forEach(entrance -> objects.addAll(helm.template("gatehouse-attachment", name, attachment(entrance, services.keySet()))));
        EnvoyGateway gateway = EnvoyGateway.onFile(name, text(objects));
        services.values().forEach(Replica::ready);
        entrances.forEach(entrance -> gateway.ready(side.listener(entrance.name())));
        return new EnvoyGatewayFront(backend, services, gateway, entrances.stream()
                .map(entrance -> entrance.way("ENVOY_GATEWAY", side.listener(entrance.name()))).toList());
    }

    private static List<String> attachment(Entrance entrance, Set<String> features) {
        List<String> values = new ArrayList<>(entrance.values(features));
        values.addAll(List.of("gateway=envoy-gateway", "targets[0].name=local", "targets[0].sectionName=" + entrance.name()));
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

    @Override
    public Replica service(String feature) {
        return services.get(feature);
    }

    @Override
    public void close() {
        gateway.close();
        services.values().forEach(replica -> replica.program().terminate());
        services.values().forEach(Replica::close);
        backend.close();
    }
}
