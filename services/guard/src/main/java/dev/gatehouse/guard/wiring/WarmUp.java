package dev.gatehouse.guard.wiring;

import dev.gatehouse.envoy.Rehearsal;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.guard.GuardFeature;
import dev.gatehouse.guard.compile.GuardCompiler;
import dev.gatehouse.guard.telemetry.GuardTelemetry;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.source.FixedSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Rehearses the guard with a policy and a prompt of its own, apart from the live policies and meters. */
final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: PromptGuardPolicy
            metadata: {name: rehearsal}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              failureMode: FailOpen
              timeout: 5s
              rules:
                - {name: signatures, action: Block, signatures: {}}
                - {name: secrets, action: Block, secrets: {}}
                - {name: pii, action: Mask, pii: {}}
            """;
    private static final String PROMPT = """
            {"model": "rehearsal", "messages": [
              {"role": "system", "content": "You are a helpful assistant. Answer in short sentences and keep to the facts that you were given."},
              {"role": "user", "content": "Please write to ada@example.org, or call +1 212 555 0147 between 9:00 and 17:30, about order 4711-22: the invoice \
            of 2026-03-14 names 1,234.50 EUR, but the password reset link and the token in the mail had expired when we looked at them."}]}
            """;

    private WarmUp() {}

    /** Takes part of a second, or up to three where the machine is slow. */
    static void run(GuardCompiler compiler, KeyedHash hash) throws IOException, InterruptedException {
        GuardFeature feature = new GuardFeature(FixedSource.of(PromptGuardPolicy.KIND, POLICY, compiler), hash, new GuardTelemetry(new SimpleMeterRegistry()), Optional.empty());
        byte[] body = PROMPT.getBytes(StandardCharsets.UTF_8);
        int done = new Rehearsal("/v1/chat/completions", body, List.of(), Duration.ofSeconds(3), 1_000).run(feature);
        LOG.infof("rehearsed %d exchanges", done);
    }
}
