package dev.gatehouse.cache.look;

import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Circumstances;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.identity.Identities;
import dev.gatehouse.policy.identity.Identity;
import java.time.Duration;
import java.util.function.Function;

/**
 * Where live requests are asked and looked up.
 *
 * @param routing tells UIDs and generations of the routing policies of a request
 */
public record Desk(Identities identities, Asker asker, ChainEmbedder embedder, SemanticCache tiers, Deadline deadline, Function<RequestHead, String> routing) {

    public static Desk of(KeyedHash hash, Asker asker, ChainEmbedder embedder, SemanticCache tiers, Function<RequestHead, String> routing) {
        return new Desk(new Identities(hash), asker, embedder, tiers, new Deadline(), routing);
    }

    public Identity identity(CompiledCache cache, RequestHead head) {
        return identities.resolve(cache.spec().identity(), head);
    }

    /** The question that a request asks, or why it is none. */
    public Ask ask(CompiledCache cache, RequestHead head, LlmRequest prompt) {
        HandOver before = head.handOver();
        return asker.ask(cache, prompt, Circumstances.of(head, identity(cache, head), routing.apply(head)), text -> new ChainVector(embedder, before, text));
    }

    /** What there is for a question, in time: one that takes longer is a miss. */
    public Outcome lookup(Question question, Duration timeout) throws InterruptedException {
        return deadline.within(timeout, () -> tiers.lookup(question)).orElse(Outcome.Miss.of(Outcome.Why.too_late));
    }

    /** What later services shall know of the question's vector. */
    public static HandOver vector(Question question) {
        return question.vector() instanceof ChainVector vector ? vector.handOver() : HandOver.none();
    }
}
