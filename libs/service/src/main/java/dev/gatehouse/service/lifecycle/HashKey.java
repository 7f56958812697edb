package dev.gatehouse.service.lifecycle;

import dev.gatehouse.exchange.KeyedHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** The service's keyed hash, from its Secret. */
public final class HashKey {

    private static final Logger LOG = Logger.getLogger(HashKey.class);

    private HashKey() {}

    /** @throws IOException when the file of the settings cannot be read */
    public static KeyedHash read(ServiceSettings settings) throws IOException {
        if (settings.hashKeyFile().isEmpty()) {
            LOG.info("no gatehouse.hash-key-file: hashes agree within this process only");
            return KeyedHash.random();
        }
        Path file = settings.hashKeyFile().get();
        return KeyedHash.of(Files.readAllBytes(file));
    }
}
