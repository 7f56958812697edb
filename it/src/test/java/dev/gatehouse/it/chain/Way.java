package dev.gatehouse.it.chain;

import java.net.URI;

/**
 * A way through a gateway to the services under test.
 *
 * @param name     unique in a test bed
 * @param attached what the services can do on this way
 */
public record Way(String name, Attached attached, URI listener) {}
