package dev.gatehouse.cache.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Reading;
import dev.gatehouse.cache.ask.RequestReader;
import dev.gatehouse.cache.ask.Vectoriser;
import dev.gatehouse.cache.bound.FixedBound;
import dev.gatehouse.cache.compile.CacheCompiler;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Pair;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.cache.verify.Veto;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.policy.cache.SemanticCachePolicy;
import dev.gatehouse.policy.source.FixedSource;
import dev.gatehouse.state.vector.MemoryStock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator sees of entries, and how they are forgotten. */
class OperatorTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyedHash HASH = KeyedHash.random();
    private static final String POLICY = """
            apiVersion: gatehouse.dev/v1alpha1
            kind: SemanticCachePolicy
            metadata: {name: all}
            spec:
              targetRefs: [{kind: Gateway, name: "*"}]
              scope: Shared
            """;

    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private final MemoryStock stock = new MemoryStock(1 << 24);
    private final PolicyChoice choice = new PolicyChoice(FixedSource.of(SemanticCachePolicy.KIND, POLICY, new CacheCompiler()));
    private final Asker asker = new Asker(HASH, "test");
    private final Vectoriser vectoriser = text -> () -> Int8Vector.of(new float[] {1, text.length() / 100f, 0});
    private final SemanticCache cache = new SemanticCache(stock, new LastWord(), new FixedBound(0.9), Sealer.NONE, () -> now);
    private final LookupAnswer lookup = new LookupAnswer(choice, asker, vectoriser, cache, head -> "");
    private final Forget forget = new Forget(choice, HASH, stock);

    @Test
    void aHitSaysItsEntryTierAndAge() throws IOException {
        store("{\"text\": \"who is ann\", \"tenant\": \"acme\"}");
        now = now.plusSeconds(30);
        JsonNode exact = lookup("{\"text\": \"Who is Ann?\", \"tenant\": \"acme\"}");
        assertThat(exact.get("outcome").asText()).isEqualTo("hit");
        assertThat(exact.get("tier").asText()).isEqualTo("exact");
        assertThat(exact.get("ageSeconds").asInt()).isEqualTo(30);
        JsonNode near = lookup("{\"text\": \"who would be ann\", \"tenant\": \"acme\"}");
        assertThat(near.get("tier").asText()).isEqualTo("semantic");
        assertThat(near.get("entry")).isEqualTo(exact.get("entry"));
        assertThat(near.get("threshold").asDouble()).isEqualTo(0.9);
        assertThat(near.get("learntScore").asDouble()).isEqualTo(0.99);
    }

    @Test
    void aNearMissSaysWhatCameNearestAndWhatSpeaksAgainstIt() throws IOException {
        store("{\"text\": \"who is ann\", \"tenant\": \"acme\"}");
        JsonNode miss = lookup("{\"text\": \"who is bob\", \"tenant\": \"acme\"}");
        assertThat(miss.get("outcome").asText()).isEqualTo("miss");
        assertThat(miss.get("reason").asText()).isEqualTo("vetoed");
        assertThat(miss.get("veto").asText()).isEqualTo("entity");
        assertThat(miss.get("cosine").asDouble()).isGreaterThan(0.99);
        assertThat(miss.get("score").asDouble()).isEqualTo(0.1);
        assertThat(miss.get("threshold").asDouble()).as("in force").isEqualTo(0.9);
    }

    @Test
    void aLookUpShowsNothingThatAnybodyAsked() throws IOException {
        store("{\"text\": \"who is ann\", \"tenant\": \"acme\"}");
        assertThat(lookup("{\"text\": \"who is bob\", \"tenant\": \"acme\"}").toString()).doesNotContain("ann").doesNotContain("bob");
    }

    @Test
    void anotherTenantSeesNothing() throws IOException {
        store("{\"text\": \"who is ann\", \"tenant\": \"acme\"}");
        assertThat(lookup("{\"text\": \"who is ann\", \"tenant\": \"other\"}").get("reason").asText()).isEqualTo("nothing_near");
        assertThat(lookup("{\"text\": \"who is ann\"}").get("reason").asText()).isEqualTo("nothing_near");
    }

    @Test
    void anEntryIsForgottenByItsKey() throws IOException {
        store("{\"text\": \"who is ann\", \"tenant\": \"acme\"}");
        String key = lookup("{\"text\": \"who is ann\", \"tenant\": \"acme\"}").get("entry").asText();
        assertThat(removed(Map.of("key", key))).isEqualTo(1);
        assertThat(removed(Map.of("key", key))).isZero();
        assertThat(lookup("{\"text\": \"who is ann\", \"tenant\": \"acme\"}").get("outcome").asText()).isEqualTo("miss");
    }

    @Test
    void aTenantsEntriesAreForgottenAllOrOfOneModel() throws IOException {
        store("{\"text\": \"who is ann\", \"tenant\": \"acme\", \"model\": \"small\"}");
        store("{\"text\": \"who is bob\", \"tenant\": \"acme\", \"model\": \"large\"}");
        store("{\"text\": \"who is eve\", \"tenant\": \"other\", \"model\": \"large\"}");
        store("{\"text\": \"who is joe\", \"model\": \"large\"}");
        assertThat(removed(Map.of("tenant", "acme", "model", "large"))).isEqualTo(1);
        assertThat(removed(Map.of("tenant", "acme"))).isEqualTo(1);
        assertThat(removed(Map.of("everybody", "true"))).isEqualTo(1);
        assertThat(lookup("{\"text\": \"who is eve\", \"tenant\": \"other\", \"model\": \"large\"}").get("outcome").asText()).isEqualTo("hit");
    }

    private void store(String written) throws IOException {
        cache.store(question(written), "an answer".getBytes(), Set.of());
    }

    private Question question(String written) throws IOException {
        CompiledCache policy = choice.require(Optional.empty());
        Written request = Written.read(written.getBytes());
        Reading.Prompt prompt = (Reading.Prompt) request.request(new RequestReader(1 << 20));
        return ((Ask.Cacheable) asker.ask(policy, prompt.request(), request.circumstances(Optional.empty(), ""), vectoriser)).question();
    }

    private JsonNode lookup(String written) throws IOException {
        return JSON.readTree(lookup.answer(written.getBytes()));
    }

    private long removed(Map<String, String> asked) throws IOException {
        return JSON.readTree(forget.answer(asked)).get("removed").asLong();
    }

    /** Questions are the same if they end with the same word. */
    private static final class LastWord implements Verifier {

        @Override
        public List<Judgement> judge(List<Pair> nearest) {
            return nearest.stream().map(pair -> last(pair.asked()).equals(last(pair.stored())) ? new Judgement(0.99, Optional.empty())
                    : new Judgement(0.1, Optional.of(Veto.entity))).toList();
        }

        private static String last(String text) {
            return text.substring(text.lastIndexOf(' ') + 1);
        }

        @Override
        public String version() {
            return "test";
        }
    }
}
