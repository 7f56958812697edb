package dev.gatehouse.it.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Policies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A changed policy is live within seconds; a wrong one changes nothing and is named in the log. */
class HotReloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BLOCKING = "timeout: 5s\nrules: [{name: no-words, action: Block, words: {list: [nightfall]}}]";
    private static final String REPORTING = "timeout: 5s\nrules: [{name: no-words, action: Report, words: {list: [nightfall]}}]";

    @BeforeEach
    void envoyIsThere() {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
    }

    @Test
    void aChangedPolicyIsLiveAndAWrongOneKeepsTheLastGood() throws Exception {
        Path folder = Policies.one("reload", REPORTING);
        try (Chain chain = Chain.start("reload", folder, false, Member.of("guard"))) {
            awaitStatus(chain, 200);
            Policies.write(folder, "reload", BLOCKING);
            awaitStatus(chain, 400);
            Policies.write(folder, "reload", "rules: [{name: no-words, action: Explode}]");
            awaitLog(chain, "spec.rules[0].action");
            assertThat(status(chain)).isEqualTo(400);
        }
    }

    private static void awaitStatus(Chain chain, int status) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (status(chain) != status && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(status(chain)).isEqualTo(status);
    }

    private static void awaitLog(Chain chain, String text) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.readString(chain.service("guard").program().log()).contains(text) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(Files.readString(chain.service("guard").program().log())).contains(text);
    }

    private static int status(Chain chain) throws Exception {
        return Client.send(Client.chat(chain.listener(Attached.FULL_DUPLEX_STREAMED), Client.newTestId(), Client.prompt("nightfall")))
                .statusCode();
    }
}
