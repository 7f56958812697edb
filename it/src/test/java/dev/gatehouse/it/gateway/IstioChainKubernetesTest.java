package dev.gatehouse.it.gateway;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class IstioChainKubernetesTest implements ChainContract {

    private static GatewayFront front;

    @BeforeAll
    static void start() throws Exception {
        front = ChainContract.start(Host.ISTIO);
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(front).ifPresent(GatewayFront::close);
    }

    @Override
    public Host host() {
        return Host.ISTIO;
    }

    @Override
    public GatewayFront front() {
        return front;
    }
}
