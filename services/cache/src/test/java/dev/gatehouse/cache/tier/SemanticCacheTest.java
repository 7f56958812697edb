package dev.gatehouse.cache.tier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.Candidate;
import dev.gatehouse.cache.bound.Decision;
import dev.gatehouse.cache.bound.Estimate;
import dev.gatehouse.cache.bound.Pool;
import dev.gatehouse.cache.bound.Seen;
import dev.gatehouse.cache.bound.Target;
import dev.gatehouse.cache.tier.Outcome.Hit;
import dev.gatehouse.cache.tier.Outcome.Miss;
import dev.gatehouse.cache.tier.Outcome.Why;
import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Pair;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.cache.verify.Veto;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.vector.MemoryStock;
import dev.gatehouse.state.vector.Neighbour;
import dev.gatehouse.state.vector.Stock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SemanticCacheTest {

    private static final Keys KEYS = new Keys(KeyedHash.random());
    private static final byte[] ANSWER = "by the link in the menu".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, float[]> VECTORS = Map.of(
            "how do i reset it", new float[] {1, 0, 0}, "how can it be reset", new float[] {0.9f, 0.3f, 0}, "how do i unset it", new float[] {0.95f, 0, 0.2f},
            "what is a cat", new float[] {0, 1, 0}, "i am [EMAIL_1]", new float[] {0, 0, 1}, "i am [EMAIL_2]", new float[] {0, 0, 1});

    private final MemoryStock stock = new MemoryStock(1 << 24);
    private final List<String> learnt = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-28T10:00:00Z");
    private Decision decision = new Decision.Serve();
    private final SemanticCache cache = cache(stock);

    @Test
    void nothingIsServedBeforeAnythingIsStored() {
        assertThat(cache.lookup(question("how do i reset it"))).isEqualTo(Miss.of(Why.nothing_near));
    }

    @Test
    void theExactQuestionIsServedFromItsOwnTier() {
        store("how do i reset it");
        now = now.plusSeconds(40);
        Hit hit = (Hit) cache.lookup(question("how do i reset it"));
        assertThat(hit.tier()).isEqualTo(Tier.exact);
        assertThat(hit.score()).isEqualTo(1);
        assertThat(hit.age()).hasSeconds(40);
        assertThat(hit.kept().answer()).isEqualTo(ANSWER);
    }

    @Test
    void otherWordsAreServedWhenVerifierAndBoundAgree() {
        store("how do i reset it");
        Hit hit = (Hit) cache.lookup(question("how can it be reset"));
        assertThat(hit.tier()).isEqualTo(Tier.semantic);
        assertThat(hit.entry()).isEqualTo(question("how do i reset it").entry());
        assertThat(hit.score()).isBetween(0.9, 1.0);
    }

    @Test
    void aVetoedNeighbourIsAMissThatNamesIt() {
        store("how do i reset it");
        Miss miss = (Miss) cache.lookup(question("how do i unset it"));
        assertThat(miss.why()).isEqualTo(Why.vetoed);
        assertThat(miss.near().orElseThrow().candidate().judgement().veto()).contains(Veto.opposite);
    }

    @Test
    void theBoundHasTheLastWord() {
        store("how do i reset it");
        decision = new Decision.Explore();
        assertThat(((Miss) cache.lookup(question("how can it be reset"))).why()).isEqualTo(Why.explored);
        decision = new Decision.Refuse();
        assertThat(((Miss) cache.lookup(question("how can it be reset"))).why()).isEqualTo(Why.unsure);
    }

    @Test
    void whatIsFarIsNotLookedAt() {
        store("how do i reset it");
        assertThat(((Miss) cache.lookup(question("what is a cat"))).near()).isEmpty();
    }

    @Test
    void aLookUpTeachesNothingAndALessonGoesToTheBound() {
        store("how do i reset it");
        decision = new Decision.Refuse();
        Miss miss = (Miss) cache.lookup(question("how can it be reset"));
        assertThat(learnt).isEmpty();
        cache.learn(question("how can it be reset"), miss.near().orElseThrow(), true);
        assertThat(learnt).containsExactly("true");
    }

    @Test
    void anAnswerWithAPlaceholderThatTheAskerLacksIsAMiss() {
        cache.store(question("i am [EMAIL_1]", Set.of("EMAIL1")), ANSWER, Set.of("EMAIL1"));
        assertThat(cache.lookup(question("i am [EMAIL_1]", Set.of("EMAIL1")))).isInstanceOf(Hit.class);
        assertThat(cache.lookup(question("i am [EMAIL_1]", Set.of()))).isInstanceOf(Miss.class);
        assertThat(cache.lookup(question("i am [EMAIL_2]", Set.of("EMAIL2")))).isInstanceOf(Miss.class);
    }

    @Test
    void anAnswerOlderThanTheClientWantsIsAMiss() {
        store("how do i reset it");
        now = now.plusSeconds(40);
        assertThat(cache.lookup(question("how do i reset it").notOlderThan(Optional.of(Duration.ofSeconds(30))))).isInstanceOf(Miss.class);
        assertThat(cache.lookup(question("how do i reset it").notOlderThan(Optional.of(Duration.ofSeconds(50))))).isInstanceOf(Hit.class);
    }

    @Test
    void anExpiredAnswerIsStaleWhereItMayBeServed() {
        store("how do i reset it");
        now = now.plusSeconds(61);
        assertThat(((Hit) cache.lookup(question("how do i reset it"))).stale()).isTrue();
    }

    @Test
    void anotherSetIsAnotherWorld() {
        store("how do i reset it");
        Question question = question("how can it be reset");
        Question elsewhere = new Question(question.pool(), question.owner(), KEYS.key("p", "cache", "set", "other"), KEYS.key("p", "cache", "other", question.text()),
                question.label(), question.text(), question.vector(), question.placeholders(), question.terms());
        assertThat(cache.lookup(elsewhere)).isInstanceOf(Miss.class);
    }

    @Test
    void anAnswerThatIsTooLargeIsNotKept() {
        assertThat(cache.store(question("how do i reset it"), new byte[2_000], Set.of())).isFalse();
        assertThat(cache.lookup(question("how do i reset it"))).isInstanceOf(Miss.class);
    }

    @Test
    void aStoreThatIsGoneIsAMiss() {
        SemanticCache lost = cache(new Stock() {
            @Override
            public boolean put(Item item, Caps caps) {
                throw new StateUnavailable("gone");
            }

            @Override
            public Optional<byte[]> get(Key owner, Key entry) {
                throw new StateUnavailable("gone");
            }

            @Override
            public List<Neighbour> nearest(Key owner, Key set, Int8Vector vector, int most) {
                throw new StateUnavailable("gone");
            }

            @Override
            public void used(Key owner, Key entry) {}

            @Override
            public boolean remove(Key owner, Key entry) {
                return false;
            }

            @Override
            public long removeAll(Key owner, Optional<String> label) {
                return 0;
            }

            @Override
            public Kept kept(Key owner) {
                throw new StateUnavailable("gone");
            }
        });
        assertThat(lost.lookup(question("how do i reset it"))).isEqualTo(Miss.of(Why.store_unavailable));
    }

    @Test
    void whatIsSealedForAnotherPlaceIsAMiss() {
        Sealer shifting = new Sealer() {
            @Override
            public byte[] seal(String place, byte[] plain) {
                return plain;
            }

            @Override
            public Optional<byte[]> open(String place, byte[] sealed) {
                return Optional.empty();
            }
        };
        store("how do i reset it");
        assertThat(new SemanticCache(stock, verifier(), bound(), shifting, () -> now).lookup(question("how do i reset it"))).isInstanceOf(Miss.class);
    }

    // ---

    private SemanticCache cache(Stock where) {
        return new SemanticCache(where, verifier(), bound(), Sealer.NONE, () -> now);
    }

    private void store(String text) {
        assertThat(cache.store(question(text), ANSWER, Set.of())).isTrue();
    }

    private static Question question(String text) {
        return question(text, Set.of());
    }

    private static Question question(String text, Set<String> placeholders) {
        Terms terms = new Terms(Duration.ofMinutes(1), Duration.ofMinutes(1), true, 4, 0.8, new Stock.Caps(100, 1 << 20), 1_000);
        return new Question(new Pool("p", "o", new Target(0.01, false, 0)), KEYS.key("p", "cache", "owner"), KEYS.key("p", "cache", "set"),
                KEYS.key("p", "cache", "entry", text), "m", text, () -> Int8Vector.of(VECTORS.get(text)), placeholders, terms);
    }

    /** Trusts cosines, but for what is undone. */
    private static Verifier verifier() {
        return new Verifier() {
            @Override
            public List<Judgement> judge(List<Pair> nearest) {
                return nearest.stream().map(pair -> pair.asked().contains("unset") ? new Judgement(0, Optional.of(Veto.opposite))
                        : new Judgement(pair.cosine(), Optional.empty())).toList();
            }

            @Override
            public String version() {
                return "test";
            }
        };
    }

    private Bound bound() {
        return new Bound() {
            @Override
            public Decision decide(Pool pool, String entry, Candidate best) {
                return best.judgement().veto().isPresent() ? new Decision.Refuse() : decision;
            }

            @Override
            public void asked(Pool pool, Seen seen) {}

            @Override
            public void served(Pool pool, String entry, Candidate candidate) {}

            @Override
            public double threshold(Pool pool) {
                return 1;
            }

            @Override
            public Estimate estimate(String policy) {
                return new Estimate(0, 0, 0, 0, 1);
            }

            @Override
            public void learn(Pool pool, String entry, Candidate candidate, boolean right) {
                learnt.add(Boolean.toString(right));
            }
        };
    }
}
