package dev.gatehouse.ratelimit.dropin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The ports, the TLS files and the logging of a drop-in as settings of this service. Above its {@code application.properties}, below
 * environment variables of Gatehouse's own names.
 */
public final class DropInConfig implements ConfigSource {

    private static final int ORDINAL = 275;
    private static final Path POLICIES = Path.of("/etc/gatehouse");

    private final Map<String, String> properties;

    public DropInConfig() {
        this(System.getenv());
    }

    DropInConfig(Map<String, String> environment) {
        properties = DropIn.of(environment).map(DropInConfig::properties).orElse(Map.of());
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "envoyproxy/ratelimit";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    private static Map<String, String> properties(DropIn dropIn) {
        Map<String, String> properties = new HashMap<>();
        if (!Files.isDirectory(POLICIES)) {
            properties.put("gatehouse.config", emptyFolder());
        }
        properties.put("quarkus.http.host", dropIn.http().host());
        properties.put("quarkus.http.port", String.valueOf(dropIn.http().port()));
        properties.put("gatehouse.bind", dropIn.grpc().host());
        properties.put("gatehouse.grpc-port", String.valueOf(dropIn.grpc().port()));
        properties.put("quarkus.log.console.json.enabled", String.valueOf(dropIn.logJson()));
        level(dropIn.logLevel()).ifPresent(level -> properties.put("quarkus.log.category.\"dev.gatehouse\".level", level));
        dropIn.prometheus().ifPresent(prometheus -> {
            properties.put("quarkus.management.host", prometheus.host());
            properties.put("quarkus.management.port", String.valueOf(prometheus.port()));
        });
        dropIn.grpcTls().ifPresent(tls -> {
            properties.put("gatehouse.tls-certificate", tls.certificate().toString());
            properties.put("gatehouse.tls-key", tls.key().toString());
            tls.clientCa().ifPresent(ca -> properties.put("gatehouse.tls-client-ca", ca.toString()));
        });
        return properties;
    }

    /** Such a deployment has no policies. */
    private static String emptyFolder() {
        try {
            return Files.createTempDirectory("no-policies").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its lines of level WARN at the start say where it listens; ours are of level INFO. */
    private static Optional<String> level(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TRACE", "DEBUG" -> Optional.of("DEBUG");
            case "INFO", "WARN", "WARNING" -> Optional.of("INFO");
            case "ERROR" -> Optional.of("ERROR");
            case "FATAL", "PANIC" -> Optional.of("FATAL");
            default -> throw Variables.wrong("LOG_LEVEL", "one of trace, debug, info, warn, error, fatal, panic");
        };
    }
}
