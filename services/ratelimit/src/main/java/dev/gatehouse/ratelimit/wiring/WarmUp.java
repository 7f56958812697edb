package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.envoy.Rehearsal;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.ratelimit.Limiter;
import dev.gatehouse.ratelimit.RateLimitFeature;
import dev.gatehouse.ratelimit.admit.Budgets;
import dev.gatehouse.ratelimit.admit.Overrides;
import dev.gatehouse.ratelimit.compile.LimitCompiler;
import dev.gatehouse.ratelimit.telemetry.RateLimitTelemetry;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.Limits;
import dev.gatehouse.state.limit.MemoryLimits;
import dev.gatehouse.tokens.TokenCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Rehearses the rate limit with a policy, a prompt and a store of its own, apart from the live limits and meters. */
final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: TokenRateLimitPolicy
            metadata: {name: rehearsal}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              timeout: 5s
              usage: {includeInStreams: true}
              prices: {models: {rehearsal: {input: 1, output: 2}}}
              limits:
                - name: tokens
                  key: [{header: x-team}, {attribute: Model}]
                  when: request.method == 'POST' && model != ''
                  quota: {amount: 1000000000, window: 1m}
                - {name: money, quota: {amount: 1000000, unit: Cost, window: Month}}
                - {name: at-once, concurrency: 1000}
            """;
    private static final String PROMPT = """
            {"model": "rehearsal", "stream": true, "max_tokens": 100, "messages": [
              {"role": "system", "content": "You are a helpful assistant. Answer in short sentences and keep to the facts that you were given."},
              {"role": "user", "content": "Please summarise what gateways do between 9:00 and 17:30, and why a limit of 1,234.50 EUR is enough."}]}
            """;
    private static final List<byte[]> ANSWER = Stream.of(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"They pass requests on\"}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n")
            .map(event -> event.getBytes(StandardCharsets.UTF_8)).toList();

    private WarmUp() {}

    /** Takes part of a second, or up to three where the machine is slow. */
    static void run(KeyedHash hash, TokenCounter counter) throws IOException, InterruptedException {
        Limits store = new MemoryLimits(100);
        Budgets budgets = new Budgets(new Keys(hash), () -> Overrides.NONE);
        Limiter limiter = Limiter.over(onStateLoss -> store, budgets, hash, counter, new RateLimitTelemetry(new SimpleMeterRegistry()));
        byte[] body = PROMPT.getBytes(StandardCharsets.UTF_8);
        Rehearsal rehearsal = new Rehearsal("/v1/chat/completions", body, ANSWER, Duration.ofSeconds(3), 1_000);
        LOG.infof("rehearsed %d exchanges", rehearsal.run(new RateLimitFeature(FixedSource.of(TokenRateLimitPolicy.KIND, POLICY, new LimitCompiler()), limiter)));
    }
}
