package dev.gatehouse.it.chain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A service that takes part in a chain.
 *
 * @param service     the module's name, e.g. {@code guard}
 * @param replicas    how many processes of it run; Envoy spreads its calls over them
 * @param environment more variables for each of them
 */
public record Member(String service, int replicas, Map<String, String> environment) {

    /** One replica with its defaults. */
    public static Member of(String service) {
        return new Member(service, 1, Map.of());
    }

    public Member with(Map<String, String> more) {
        return new Member(service, replicas, more);
    }

    public Member times(int count) {
        return new Member(service, count, environment);
    }

    /** How one process of it is started. It lives for seconds, beside many others: what takes long to pay (C2, a parallel collector) is left out. */
    public List<String> command() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-jar", Path.of("..", "services", service, "target", "quarkus-app", "quarkus-run.jar").toString());
    }
}
