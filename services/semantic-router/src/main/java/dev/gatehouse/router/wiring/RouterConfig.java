package dev.gatehouse.router.wiring;

import dev.gatehouse.envoy.client.ClientTls;
import dev.gatehouse.envoy.ratelimit.BudgetsClient;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The router's own settings; each is also an environment variable, {@code GATEHOUSE_BUDGETS_SERVER} and so on. */
@ConfigMapping(prefix = "gatehouse")
public interface RouterConfig {

    /** Folder of files that policies name as credentials of deciders. */
    Optional<Path> credentials();

    /** A gain model of one's own, as {@code ./gatehouse fit router} writes it; the shipped one without. */
    Optional<Path> gainModel();

    /** The rate limit service that is asked for budgets. */
    BudgetsConfig budgets();

    /** How it is reached. */
    interface BudgetsConfig {

        /** {@code host:port} of its gRPC port. Without, policies' {@code budgets: Skip} does nothing. */
        Optional<String> server();

        /** The longest that a request waits for it. */
        @WithDefault("5ms")
        Duration deadline();

        /** Whether it is asked over TLS. */
        @WithDefault("false")
        boolean tls();

        /** PEM files: whom to trust, and what to show. */
        Optional<Path> tlsCa();

        Optional<Path> tlsCertificate();

        Optional<Path> tlsKey();

        /** Empty where no server is named. */
        default Optional<BudgetsClient> client() {
            return server().map(this::connected);
        }

        private BudgetsClient connected(String server) {
            Optional<ClientTls> files = tls() ? Optional.of(new ClientTls(tlsCertificate(), tlsKey(), tlsCa(), Optional.empty())) : Optional.empty();
            try {
                return new BudgetsClient(new BudgetsClient.Settings(server, files, deadline()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
