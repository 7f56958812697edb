package dev.gatehouse.envoy.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Tells which candidates an identity still has budget for ({@code gatehouse.v1.Budgets}). */
public interface Budgets {

    /** Charges and reserves nothing. Errors as of {@link RateLimiter#decide}. @return one for each candidate, in their order */
    CompletionStage<List<Budget>> peek(Question question);

    /**
     * @param principal    who asks; this and the next two are empty where unknown
     * @param attributes   what limits may be keyed by beyond the identity
     * @param candidates   1 to {@link #MAX_CANDIDATES}
     */
    record Question(
            String principal, String tenant, String conversation, Map<String, String> attributes, List<Candidate> candidates) {

        public static final int MAX_CANDIDATES = 64;
    }

    /** @param name the asker's; the token counts are what the request is expected to take, 0 to ask for a used-up budget only */
    record Candidate(String name, String model, String backend, long inputTokens, long outputTokens) {}

    /**
     * @param admitted  whether every limit that matches has room; true where none matches
     * @param limit     the limit with the smallest share left, {@code policy/limit}; empty where none matches
     * @param remaining what it has left, of {@code amount}, in its own unit
     * @param reset     until it has its whole amount again
     */
    record Budget(String candidate, boolean admitted, String limit, long remaining, long amount, Duration reset) {}
}
