package dev.gatehouse.it.gateway;

import dev.gatehouse.it.chain.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Whether a gateway answers. */
final class Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Readiness() {}

    /** Waits until a request for {@link Routes#READY} is answered with 200. @param program which makes it so */
    static void await(URI listener, Program program) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers(listener)) {
            if (!program.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("The gateway is not ready, see " + program.log().toAbsolutePath());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean answers(URI listener) {
        try {
            HttpRequest get = HttpRequest.newBuilder(listener).header("host", Routes.READY).timeout(Duration.ofSeconds(2)).build();
            return HTTP.send(get, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
