package dev.gatehouse.it.gateway;

class EnvoyGatewayScenariosKubernetesTest implements ScenariosContract {

    @Override
    public Host host() {
        return Host.ENVOY_GATEWAY;
    }
}
