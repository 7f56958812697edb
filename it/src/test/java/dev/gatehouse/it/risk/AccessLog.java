package dev.gatehouse.it.risk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Envoy's access log, which has a line some time after each answer. */
final class AccessLog {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private AccessLog() {}

    /** The line of the request with that {@code x-test-id}. */
    static String line(Path log, String testId) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Optional<String> line = find(log, testId);
        while (line.isEmpty() && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
            line = find(log, testId);
        }
        return line.orElseThrow(() -> new AssertionError("no line in the access log for " + testId));
    }

    private static Optional<String> find(Path log, String testId) throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.contains(testId)).findFirst();
    }
}
