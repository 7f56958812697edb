package dev.gatehouse.cache.refresh;

import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.cache.StaleWhileRevalidate;

/**
 * A question whose answer has expired.
 *
 * @param prompt   that asked it, as it came to the cache
 * @param protocol header fields that say which version of a provider's protocol is spoken; none of them says who asks
 * @param terms    where to ask, and with what
 * @param maxBytes most of the answer that is read
 */
public record Stale(Question question, LlmRequest prompt, Headers protocol, StaleWhileRevalidate terms, int maxBytes) {}
