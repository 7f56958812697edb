package dev.gatehouse.it.gateway;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Program;
import dev.gatehouse.it.chain.Replica;
import dev.gatehouse.it.chain.Way;
import dev.gatehouse.it.chart.Helm;
import dev.gatehouse.it.chart.Release;
import dev.gatehouse.testbed.Ports;
import dev.gatehouse.testbed.kubernetes.Binaries;
import dev.gatehouse.testbed.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Services behind Gateways of a real Istio, on a real API server: the Services are those of the features' charts, attached by what the
 * attachment chart renders, and by what it says to add to the mesh's configuration.
 */
final class IstioFront implements GatewayFront {

    private static final String NAMESPACE = "default";
    private static final String HEADERS = "extAuthzHeaders={content-type,content-encoding,content-length,upgrade,x-*}";

    private final String name;
    private final KubernetesApi api = KubernetesApi.require();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Map<String, Replica> services = new LinkedHashMap<>();
    private final List<Way> ways = new ArrayList<>();
    private final Backend backend;

    private IstioFront(String name) throws IOException {
        this.name = name;
        this.backend = started(new Backend());
    }

    /** Skips the test where a program is missing. */
    static void assumePrograms() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Binaries.istiod();
        Binaries.istioCrds();
        Binaries.helm();
    }

    /**
     * Starts the services with the policies and routes of a folder, then Istio. One service has three ways in, a Gateway each; several have
     * ext_proc.
     *
     * @param members in the order of the chain
     */
    static IstioFront start(String name, Path config, Member... members) throws IOException {
        IstioFront front = new IstioFront(name);
        try {
            front.start(config, members);
            return front;
        } catch (IOException | RuntimeException e) {
            front.close();
            throw e;
        }
    }

    private void start(Path config, Member... members) throws IOException {
        api.install(Istiod.crds());
        Stream.of(NAMESPACE, Istiod.NAMESPACE).forEach(api::namespace);
        Applied applied = started(new Applied(api));
        Helm helm = new Helm(Files.createTempDirectory("helm"), NAMESPACE);
        for (Member member : members) {
            release(applied, helm, member, config);
        }
        Map<Entrance, IstioGateway> gateways = gateways(members.length == 1
                ? List.of(Entrance.EXT_PROC, Entrance.EXT_AUTHZ_GRPC, Entrance.EXT_AUTHZ_HTTP) : List.of(Entrance.EXT_PROC));
        applied.all(new IstioSide(NAMESPACE, List.copyOf(gateways.values()), backend.port()).objects(config));
        gateways.forEach((entrance, gateway) -> applied.all(helm.template("gatehouse-attachment", name + "-" + gateway.name(), values(entrance, gateway))));
        services.values().forEach(Replica::ready);
        Istiod istiod = started(Istiod.start(name, api.kubeconfig(api.adminToken()), providers(helm, gateways)));
        for (Map.Entry<Entrance, IstioGateway> each : gateways.entrySet()) {
            open(each.getKey(), each.getValue(), istiod);
        }
    }

    private void release(Applied applied, Helm helm, Member member, Path config) throws IOException {
        Release release = Release.install(api, helm, member.service(), member.service(), List.of());
        applied.take(release.onServer());
        Replica replica = started(new Replica(name + "-" + member.service(), member.with(Map.of("GATEHOUSE_BIND", "0.0.0.0")), config));
        services.put(member.service(), replica);
        release.ready(replica);
    }

    /** The first is named as services' folders name it. */
    private static Map<Entrance, IstioGateway> gateways(List<Entrance> entrances) {
        Map<Entrance, IstioGateway> gateways = new LinkedHashMap<>();
        entrances.forEach(entrance -> gateways.put(entrance,
                new IstioGateway(NAMESPACE, gateways.isEmpty() ? "local" : "local-" + entrance.name(), Ports.free())));
        return gateways;
    }

    private List<String> values(Entrance entrance, IstioGateway gateway) {
        Stream<String> names = services.keySet().stream().map(service -> "services." + service + ".name=" + service);
        return Stream.of(Stream.of("gateway=istio", "targets[0].name=" + gateway.name(), "istio.extAuthzProvider=" + entrance.name(), HEADERS), names,
                entrance.values(services.keySet()).stream()).flatMap(each -> each).toList();
    }

    /** What the chart says, after an installation, that the mesh's configuration needs. */
    private String providers(Helm helm, Map<Entrance, IstioGateway> gateways) {
        return "extensionProviders:\n" + gateways.entrySet().stream().map(each -> notes(helm, values(each.getKey(), each.getValue())))
                .filter(notes -> notes.contains("extensionProviders:"))
                .map(notes -> notes.substring(notes.indexOf("extensionProviders:") + "extensionProviders:".length()).stripTrailing()).collect(joining());
    }

    private String notes(Helm helm, List<String> values) {
        Helm.Run run = helm.run(Helm.withSets(List.of("install", name, Helm.chart("gatehouse-attachment").toString(), "--namespace", NAMESPACE,
                "--dry-run=client"), values));
        if (run.code() != 0) {
            throw new IllegalStateException(run.output());
        }
        return run.output();
    }

    private void open(Entrance entrance, IstioGateway gateway, Istiod istiod) throws IOException {
        Program envoy = started(gateway.start(name, istiod.xds()));
        Readiness.await(gateway.listener(), envoy);
        ways.add(entrance.way("ISTIO", gateway.listener()));
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    @Override
    public List<Way> ways() {
        return ways;
    }

    @Override
    public Backend backend() {
        return backend;
    }

    @Override
    public Replica service(String feature) {
        return services.get(feature);
    }

    @Override
    public void close() {
        services.values().forEach(replica -> replica.program().terminate());
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
