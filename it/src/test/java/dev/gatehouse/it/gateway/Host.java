package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Member;
import java.io.IOException;
import java.nio.file.Path;

/** The gateways that the attachment chart is run with here, each with its control plane and a real Envoy. */
enum Host {
    ENVOY_GATEWAY(EnvoyGatewayFront::assumePrograms, EnvoyGatewayFront::start, "httproute/default/%s/"),
    ISTIO(IstioFront::assumePrograms, IstioFront::start, "default.%s.");

    /** Starts services with the policies and routes of a folder, then the gateway. */
    @FunctionalInterface
    interface Start {
        /** @param members in the order of the chain */
        GatewayFront with(String name, Path config, Member... members) throws IOException;
    }

    private final Runnable programs;
    private final Start start;
    private final String routeName;

    Host(Runnable programs, Start start, String routeName) {
        this.programs = programs;
        this.start = start;
        this.routeName = routeName;
    }

    /** Skips the test where a program is missing. */
    void assumePrograms() {
        programs.run();
    }

    GatewayFront start(String name, Path config, Member... members) throws IOException {
        return start.with(name, config, members);
    }

    /** Fit for names of files and Kubernetes' objects. */
    String label() {
        return name().toLowerCase().replace('_', '-');
    }

    /** How Envoy's names of an HTTPRoute's rules begin. */
    String routeName(String route) {
        return routeName.formatted(route);
    }
}
