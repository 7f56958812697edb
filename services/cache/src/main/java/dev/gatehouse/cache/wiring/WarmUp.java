package dev.gatehouse.cache.wiring;

import dev.gatehouse.cache.CacheFeature;
import dev.gatehouse.cache.answer.Replay;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.FixedBound;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.flight.SingleFlight;
import dev.gatehouse.cache.look.Desk;
import dev.gatehouse.cache.refresh.Revalidation;
import dev.gatehouse.cache.telemetry.CacheTelemetry;
import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.cache.verify.sameness.WordSameness;
import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.embedding.Embedder;
import dev.gatehouse.envoy.Rehearsal;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.llm.synthetic.Ids;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.MemoryValues;
import dev.gatehouse.state.vector.MemoryStock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Rehearses the cache with policies, prompts and a store of its own, apart from the live answers and meters. */
final class WarmUp {

    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticCachePolicy
            metadata: {name: rehearsal}
            spec: {targetRefs: [{kind: Gateway, name: "*"}], scope: Shared, onUnguarded: Allow, timeout: 5s, mode: %s}
            """;
    private static final String PROMPT = """
            {"model": "rehearsal", "stream": true, "messages": [
              {"role": "system", "content": "You are a helpful assistant. Answer in short sentences and keep to the facts that you were given."},
              {"role": "user", "content": "%s"}]}
            """;
    private static final String QUESTION = "How do I change the address that my invoices are sent to?";
    private static final String IN_OTHER_WORDS = "Where can I change the address to which you send my invoices?";
    private static final List<byte[]> ANSWER = Stream.of(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"In the settings, under Billing.\"}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":8}}\n\ndata: [DONE]\n\n")
            .map(event -> event.getBytes(StandardCharsets.UTF_8)).toList();

    private final KeyedHash hash;
    private final Embedder embedder;
    private final Bound bound = new FixedBound(0);
    private final SemanticCache tiers;

    private WarmUp(KeyedHash hash, Embedder embedder, Verifier verifier, MemoryStock stock) {
        this.hash = hash;
        this.embedder = embedder;
        this.tiers = new SemanticCache(stock, verifier, bound, Sealer.NONE, InstantSource.system());
    }

    /** Takes part of a second, or up to three where the machine is slow: answers that are kept, hits of both tiers. */
    static void run(KeyedHash hash, Embedder embedder, Verifier verifier) throws IOException, InterruptedException {
        try (MemoryStock stock = new MemoryStock(1 << 24)) {
            WarmUp warmUp = new WarmUp(hash, embedder, verifier, stock);
            int kept = warmUp.rehearse("Shadow", QUESTION);
            LOG.infof("rehearsed %d exchanges", kept + warmUp.rehearse("Enforce", QUESTION) + warmUp.rehearse("Enforce", IN_OTHER_WORDS));
        }
    }

    private int rehearse(String mode, String question) throws IOException, InterruptedException {
        Desk desk = Desk.of(hash, new Asker(hash, "rehearsal"), new ChainEmbedder("cache", embedder, hash), tiers, head -> "");
        Keys keys = new Keys(hash);
        byte[] body = PROMPT.formatted(question).getBytes(StandardCharsets.UTF_8);
        try (Revalidation none = new Revalidation(Revalidation.Place.of(Optional.empty(), new MemoryValues(0), keys), tiers)) {
            CacheFeature feature = new CacheFeature(FixedSource.of(SemanticCachePolicy.KIND, POLICY.formatted(mode), new CacheCompiler()), desk,
                    new Replay(InstantSource.system(), Ids.random()), new SingleFlight(Optional.empty(), keys), none, new WordSameness(),
                    new CacheTelemetry(new SimpleMeterRegistry(), bound));
            return new Rehearsal("/v1/chat/completions", body, ANSWER, Duration.ofSeconds(1), 200).run(feature);
        } finally {
            desk.deadline().close();
        }
    }
}
