package dev.gatehouse.cache.tier;

import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.bound.Candidate;
import dev.gatehouse.cache.bound.Decision;
import dev.gatehouse.cache.bound.Seen;
import dev.gatehouse.cache.tier.Outcome.Hit;
import dev.gatehouse.cache.tier.Outcome.Miss;
import dev.gatehouse.cache.tier.Outcome.Why;
import dev.gatehouse.cache.verify.Judgement;
import dev.gatehouse.cache.verify.Pair;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.vector.Neighbour;
import dev.gatehouse.state.vector.Stock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The cache: an answer by its exact question, else by nearness, verification and the bound. The one way for live traffic, dry run and
 * simulation. A look-up changes nothing; what it leads to is told by {@link #served}, {@link #store} and {@link #learn}. Thread-safe.
 */
public final class SemanticCache {

    private final Stock stock;
    private final Verifier verifier;
    private final Bound bound;
    private final Sealer sealer;
    private final InstantSource clock;

    /**
     * @param stock  where entries are kept
     * @param sealer what seals them
     */
    public SemanticCache(Stock stock, Verifier verifier, Bound bound, Sealer sealer, InstantSource clock) {
        this.stock = stock;
        this.verifier = verifier;
        this.bound = bound;
        this.sealer = sealer;
        this.clock = clock;
    }

    // --- asking

    /** What there is for a question. One round trip to the store where the exact tier has it, two otherwise. Never throws for a store or an encoder that fails. */
    public Outcome lookup(Question question) {
        try {
            Optional<Outcome> exact = exact(question);
            return exact.isPresent() ? exact.get() : semantic(question);
        } catch (StateUnavailable e) {
            return Miss.of(Why.store_unavailable);
        } catch (EmbeddingFailed e) {
            return Miss.of(Why.no_vector);
        }
    }

    private Optional<Outcome> exact(Question question) {
        Instant now = clock.instant();
        return stock.get(question.owner(), question.entry()).flatMap(sealed -> opened(question, question.entry().text(), sealed))
                .map(kept -> new Hit(question.entry(), Tier.exact, 1, kept, kept.age(now), kept.isStale(now), Optional.empty()));
    }

    private Outcome semantic(Question question) {
        if (!question.terms().semantic()) {
            return Miss.of(Why.nothing_near);
        }
        List<Found> found = near(question, question.vector().get());
        if (found.isEmpty()) {
            return Miss.of(Why.nothing_near);
        }
        return decided(question, judged(question, found));
    }

    private record Found(Neighbour neighbour, Kept kept) {}

    private List<Found> near(Question question, Int8Vector vector) {
        return stock.nearest(question.owner(), question.set(), vector, question.terms().candidates()).stream()
                .filter(neighbour -> neighbour.cosine() >= question.terms().minimumCosine())
                .flatMap(neighbour -> opened(question, neighbour.entry().text(), neighbour.value()).map(kept -> new Found(neighbour, kept)).stream())
                .toList();
    }

    /** An entry that may answer this question at all. */
    private Optional<Kept> opened(Question question, String place, byte[] sealed) {
        return sealer.open(place, sealed).flatMap(Kept::decoded).filter(kept -> kept.fits(question, clock.instant()));
    }

    /** Best first. */
    private List<Near> judged(Question question, List<Found> found) {
        List<Judgement> judgements = verifier.judge(found.stream()
                .map(near -> new Pair(question.text(), near.kept().asked(), near.neighbour().cosine())).toList());
        return IntStream.range(0, found.size()).mapToObj(i -> near(found.get(i), judgements.get(i)))
                .sorted(Comparator.comparingDouble((Near near) -> bound.score(question.pool(), near.id(), near.candidate())).reversed()).toList();
    }

    private static Near near(Found found, Judgement judgement) {
        return new Near(found.neighbour().entry(), new Candidate(judgement, found.neighbour().cosine()), found.kept());
    }

    private Outcome decided(Question question, List<Near> judged) {
        Near best = judged.getFirst();
        Instant now = clock.instant();
        return switch (bound.decide(question.pool(), best.id(), best.candidate())) {
            case Decision.Serve serve -> new Hit(best.entry(), Tier.semantic, best.candidate().judgement().score(), best.kept(), best.kept().age(now),
                    best.kept().isStale(now), Optional.of(best));
            case Decision.Explore explore -> new Miss(Why.explored, judged);
            case Decision.Refuse refuse -> new Miss(best.candidate().judgement().veto().isPresent() ? Why.vetoed : Why.unsure, judged);
        };
    }

    // --- showing

    /** The score from which on entries are served to questions of this one's pool, 0 to 1. */
    public double threshold(Question question) {
        return bound.threshold(question.pool());
    }

    /** How likely an entry's answer is right for a question, with what its pool has learnt of words and of the entry: what the threshold is compared with. */
    public double score(Question question, Near near) {
        return bound.score(question.pool(), near.id(), near.candidate());
    }

    // --- telling

    /** A request was looked up, with this outcome: the bound holds over all of them. */
    public void asked(Question question, Outcome outcome) {
        bound.asked(question.pool(), seen(outcome));
    }

    private static Seen seen(Outcome outcome) {
        Optional<Near> near = switch (outcome) {
            case Hit hit -> hit.near();
            case Miss miss -> miss.near();
        };
        Seen otherwise = outcome instanceof Hit ? new Seen.Exact() : new Seen.Nothing();
        return near.<Seen>map(found -> new Seen.Near(found.id(), found.candidate())).orElse(otherwise);
    }

    /** A hit was served: its entry stays longer than those that are of no use. */
    public void served(Question question, Hit hit) {
        hit.near().ifPresent(near -> bound.served(question.pool(), near.id(), near.candidate()));
        stock.used(question.owner(), hit.entry());
    }

    /**
     * Keeps an answer.
     *
     * @param answer       in its own form
     * @param placeholders of the guard in it
     * @return whether it is kept: not if it is larger than may be
     * @throws StateUnavailable if the store did not answer in time
     */
    public boolean store(Question question, byte[] answer, Set<String> placeholders) {
        Instant now = clock.instant();
        Kept kept = new Kept(now, now.plus(question.terms().ttl()), question.text(), placeholders, answer);
        byte[] sealed = sealer.seal(question.entry().text(), kept.encoded());
        return sealed.length <= question.terms().maxBytes() && stock.put(new Stock.Item(question.owner(), question.set(), question.entry(),
                question.label(), vector(question), sealed, question.terms().kept()), question.terms().caps());
    }

    /** An entry without a vector is found by its exact question. */
    private static Optional<Int8Vector> vector(Question question) {
        try {
            return question.terms().semantic() ? Optional.of(question.vector().get()) : Optional.empty();
        } catch (EmbeddingFailed e) {
            return Optional.empty();
        }
    }

    /** A fresh answer tells whether that of the entry that came nearest would have been right. */
    public void learn(Question question, Near near, boolean right) {
        bound.learn(question.pool(), near.id(), near.candidate(), right);
    }

    /** And whether another's would have been, which was looked at too. */
    public void compared(Question question, Near other, boolean right) {
        bound.compared(question.pool(), other.id(), other.candidate(), right);
    }
}
