package dev.gatehouse.it.gateway;

class IstioScenariosKubernetesTest implements ScenariosContract {

    @Override
    public Host host() {
        return Host.ISTIO;
    }
}
