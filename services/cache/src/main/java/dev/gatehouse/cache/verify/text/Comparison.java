package dev.gatehouse.cache.verify.text;

import dev.gatehouse.cache.verify.Traits;
import dev.gatehouse.cache.verify.Veto;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Two questions side by side: what is in one and not in the other, and what follows of it. */
public final class Comparison {

    private static final int TRAITS = 64;
    private static final int REPLACED = 3;

    private final Tokens asked;
    private final Tokens stored;
    private final Unmatched unmatched;
    private final Substitutions substitutions;

    private Comparison(Tokens asked, Tokens stored) {
        this.asked = asked;
        this.stored = stored;
        this.unmatched = Unmatched.of(asked, stored);
        this.substitutions = Substitutions.of(asked, stored, unmatched);
    }

    public static Comparison of(String asked, String stored) {
        return new Comparison(Tokens.of(asked), Tokens.of(stored));
    }

    /** All differences that matter. */
    public Set<Veto> vetoes() {
        return new Vetoes(asked, stored, unmatched, substitutions).all();
    }

    /** How much is alike, and what stands for what: in this order the model was fitted. */
    public double[] measures() {
        return DoubleStream.concat(DoubleStream.of(Measures.of(asked, stored, unmatched)), DoubleStream.of(substitutions.measures())).toArray();
    }

    /**
     * The words in which the two differ, each alone and, where one stands for another, in pairs: whether "remove" for "delete" or "iron" for
     * "zinc" asks the same is what fresh answers teach a pool.
     */
    public Traits traits() {
        if (unmatched.isEmpty()) {
            return Traits.of("0".hashCode());
        }
        List<String> onlyAsked = Unmatched.stems(unmatched.asked());
        List<String> onlyStored = Unmatched.stems(unmatched.stored());
        Stream<String> alone = Stream.concat(onlyAsked.stream(), onlyStored.stream()).map(word -> "u" + word);
        Stream<String> together = onlyAsked.isEmpty() || onlyStored.isEmpty() ? Stream.concat(onlyAsked.stream(), onlyStored.stream()).map(word -> "d" + word)
                : replaced(onlyAsked, onlyStored);
        return Traits.of(Stream.concat(alone, together).limit(TRAITS).mapToInt(String::hashCode).toArray());
    }

    private static Stream<String> replaced(List<String> onlyAsked, List<String> onlyStored) {
        boolean few = onlyAsked.size() <= REPLACED && onlyStored.size() <= REPLACED;
        return !few ? Stream.empty()
                : onlyAsked.stream().flatMap(one -> onlyStored.stream().map(other -> one.compareTo(other) < 0 ? "x" + one + " " + other : "x" + other + " " + one));
    }
}
