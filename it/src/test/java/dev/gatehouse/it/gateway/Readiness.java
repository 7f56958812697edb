package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Program;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Whether a gateway answers. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Readiness() {}

    /** Waits until a request for {@link Routes#READY} is answered with 200. @param program which makes it so */
    static void await(URI listener, Program program) {
        program.ready(HttpRequest.newBuilder(listener).header("host", Routes.READY).timeout(Duration.ofSeconds(2)).build(), PATIENCE);
    }
}
