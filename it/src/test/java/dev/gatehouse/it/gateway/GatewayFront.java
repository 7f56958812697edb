package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Front;
import dev.gatehouse.it.chain.Replica;

/** A gateway with what the attachment chart renders for it. */
sealed interface GatewayFront extends Front permits EnvoyGatewayFront, IstioFront {

    /** The process of a feature. */
    Replica service(String feature);
}
