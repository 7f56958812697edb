package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Lucene's HNSW graph over entries: it grows and never shrinks. Many may search it at once; nobody may while one adds.
 */
final class EntryGraph {

    // Lucene's own defaults, and its name for them: links of a node, and how widely a place for it is looked for.
    private static final int LINKS = 16;
    private static final int BEAM_WIDTH = 100;
    private static final int LEAST_SOUGHT = 64;
    private static final long SEED = 42;

    private final List<Entry> nodes = new ArrayList<>();
    private final HnswGraphBuilder builder;

    private EntryGraph() {
        try {
            this.builder = HnswGraphBuilder.create(new Scorers(), LINKS, BEAM_WIDTH, SEED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EntryGraph of(Collection<Entry> entries) {
        EntryGraph graph = new EntryGraph();
        entries.forEach(graph::add);
        return graph;
    }

    int size() {
        return nodes.size();
    }

    void add(Entry entry) {
        nodes.add(entry);
        try {
            builder.addGraphNode(nodes.size() - 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** About the nearest that are accepted, in no order. */
    Stream<Entry> nearest(Int8Vector vector, int most, Predicate<Entry> accepted) {
        try {
            ScoreDoc[] found = HnswGraphSearcher.search(new Scorer(vector), Math.max(most, LEAST_SOUGHT), builder.getGraph(), new Accepted(accepted),
                    Integer.MAX_VALUE).topDocs().scoreDocs;
            return Stream.of(found).map(one -> nodes.get(one.doc));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Accepted implements Bits {

        private final Predicate<Entry> accepted;

        Accepted(Predicate<Entry> accepted) {
            this.accepted = accepted;
        }

        @Override
        public boolean get(int node) {
            return accepted.test(nodes.get(node));
        }

        @Override
        public int length() {
            return nodes.size();
        }
    }

    /** Scores may not be negative. */
    private final class Scorer implements UpdateableRandomVectorScorer {

        private Int8Vector vector;

        Scorer(Int8Vector vector) {
            this.vector = vector;
        }

        @Override
        public void setScoringOrdinal(int node) {
            vector = nodes.get(node).vector();
        }

        @Override
        public float score(int node) {
            return (float) (1 + vector.cosine(nodes.get(node).vector())) / 2;
        }

        @Override
        public int maxOrd() {
            return nodes.size();
        }
    }

    private final class Scorers implements RandomVectorScorerSupplier {

        @Override
        public UpdateableRandomVectorScorer scorer() {
            return new Scorer(null);
        }

        @Override
        public RandomVectorScorerSupplier copy() {
            return this;
        }
    }
}
