package dev.gatehouse.it.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A tenant is raised, and lowered again, by a document of its own while the service runs. */
class OverridesTest {

    private static final String POLICY = """
            failureMode: FailClosed
            timeout: 5s
            limits:
              - {name: requests, key: [{header: x-team}], quota: {amount: 1, unit: Requests, window: 31d, algorithm: FixedWindow}}
            """;
    private static final String OVERRIDE = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: TokenRateLimitOverride
            metadata: {name: raise}
            spec: {policy: teams, overrides: [{limit: requests, values: [research], amount: 3}]}
            """;

    private static Path config;
    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        config = Policies.routes("overrides");
        Files.deleteIfExists(config.resolve("raise.yaml"));
        Policies.write(config, "TokenRateLimitPolicy", "teams", POLICY);
        chain = Chain.start("overrides", config, false, Member.of("ratelimit"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(chain).ifPresent(Chain::close);
    }

    @Test
    void aRaiseHoldsFromItsDocumentOnAndWhatWasCountedStays() throws Exception {
        assertThat(ask("research")).isEqualTo(200);
        assertThat(ask("research")).isEqualTo(429);
        Files.writeString(config.resolve("raise.yaml"), OVERRIDE);
        awaitStatus("research", 200);
        assertThat(ask("research")).as("the third of three").isEqualTo(200);
        assertThat(ask("research")).isEqualTo(429);
        assertThat(ask("sales")).isEqualTo(200);
        assertThat(ask("sales")).as("nobody else was raised").isEqualTo(429);
        Files.writeString(config.resolve("raise.yaml"), OVERRIDE.replace("amount: 3", "amount: 5"));
        awaitStatus("research", 200);
        Files.delete(config.resolve("raise.yaml"));
        awaitStatus("research", 429);
    }

    private static void awaitStatus(String team, int wanted) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        int status = ask(team);
        while (status != wanted && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            status = ask(team);
        }
        assertThat(status).isEqualTo(wanted);
    }

    private static int ask(String team) throws Exception {
        return Client.send(Client.chat(chain.listener(Attached.FULL_DUPLEX_STREAMED), Client.newTestId(), Client.prompt("hi"))
                .header("x-team", team)).statusCode();
    }
}
