package dev.gatehouse.it.gateway;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EnvoyGatewayChainKubernetesTest implements ChainContract {

    private static GatewayFront front;

    @BeforeAll
    static void start() throws Exception {
        front = ChainContract.start(Host.ENVOY_GATEWAY);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(front).ifPresent(GatewayFront::close);
    }

    @Override
    public Host host() {
        return Host.ENVOY_GATEWAY;
    }

    @Override
    public GatewayFront front() {
        return front;
    }
}
