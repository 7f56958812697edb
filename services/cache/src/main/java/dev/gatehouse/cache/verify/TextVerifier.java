package dev.gatehouse.cache.verify;

import dev.gatehouse.cache.verify.text.Comparison;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Judges by the texts: vetoes, and boosted trees over what is alike in them. Some hundred microseconds a pair. */
public final class TextVerifier implements Verifier {

    /** A vetoed pair scores below every other that could be of use, and still in order. */
    private static final double VETOED = 0.02;

    private final Trees trees = Trees.shipped();

    @Override
    public List<Judgement> judge(List<Pair> nearest) {
        return nearest.stream().map(this::judge).toList();
    }

    @Override
    public String version() {
        return trees.version();
    }

    private Judgement judge(Pair pair) {
        Comparison comparison = Comparison.of(pair.asked(), pair.stored());
        Set<Veto> vetoes = comparison.vetoes();
        double score = trees.probability(measures(pair.cosine(), vetoes, comparison.measures()));
        Optional<Veto> veto = vetoes.stream().findFirst();
        return new Judgement(veto.isPresent() ? score * VETOED : score, veto, comparison.traits());
    }

    /** In the order in which the model was fitted: the cosine, a flag for each veto, the measures. */
    static double[] measures(double cosine, Set<Veto> vetoes, double[] measures) {
        DoubleStream flags = Arrays.stream(Veto.values()).mapToDouble(veto -> vetoes.contains(veto) ? 1 : 0);
        return DoubleStream.concat(DoubleStream.concat(DoubleStream.of(cosine), flags), DoubleStream.of(measures)).toArray();
    }
}
