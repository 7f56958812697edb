package dev.gatehouse.risk.wiring;

import dev.gatehouse.envoy.Rehearsal;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.risk.RiskFeature;
import dev.gatehouse.risk.compile.RiskCompiler;
import dev.gatehouse.risk.telemetry.RiskTelemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Rehearses the service with a policy, a prompt and an answer of its own, apart from the live policies and meters. */
final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: ResponseRiskPolicy
            metadata: {name: rehearsal}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              failureMode: FailOpen
              timeout: 5s
              rules:
                - {name: secrets, action: Mask, secrets: {}}
                - {name: pii, action: Mask, pii: {}}
                - {name: leak, action: Mask, systemPromptLeak: {}}
                - {name: links, action: Mask, exfiltration: {}}
                - {name: commands, action: Report, commands: {}}
            """;
    private static final String PROMPT = """
            {"model": "rehearsal", "stream": true, "messages": [
              {"role": "system", "content": "You are a helpful assistant. Answer in short sentences and keep to the facts that you were given."},
              {"role": "user", "content": "What is in the invoice?"}]}
            """;
    private static final String ANSWER = """
            The invoice of 2026-03-14 names 1,234.50 EUR and order 4711-22. Please write to ada@example.org, or call +1 212 555 0147 between 9:00 \
            and 17:30; the password reset link and the token in the mail had expired when we looked at them, so ask for a new one.""";

    private WarmUp() {}

    /** Takes part of a second, or up to three where the machine is slow. */
    static void run(RiskCompiler compiler, KeyedHash hash) throws IOException, InterruptedException {
        RiskFeature feature = new RiskFeature(FixedSource.of(ResponseRiskPolicy.KIND, POLICY, compiler), hash, new RiskTelemetry(new SimpleMeterRegistry()));
        byte[] body = PROMPT.getBytes(StandardCharsets.UTF_8);
        int done = new Rehearsal("/v1/chat/completions", body, events(), Duration.ofSeconds(3), 300).run(feature);
        LOG.infof("rehearsed %d exchanges", done);
    }

    private static List<byte[]> events() {
        Stream<String> deltas = Stream.of(ANSWER.split("(?= )")).map(word -> """
                data: {"id": "r", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "%s"}, "finish_reason": null}]}

                """.formatted(word));
        return Stream.concat(deltas, Stream.of("data: [DONE]\n\n")).map(event -> event.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
