package dev.gatehouse.cache.simulate;

import dev.gatehouse.cache.api.PolicyChoice;
import dev.gatehouse.cache.ask.Asker;
import dev.gatehouse.cache.ask.Vectoriser;
import dev.gatehouse.cache.bound.Bound;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.tier.Sealer;
import dev.gatehouse.cache.tier.SemanticCache;
import dev.gatehouse.cache.verify.Verifier;
import dev.gatehouse.cache.verify.sameness.Sameness;
import dev.gatehouse.service.http.LinesFlow;
import dev.gatehouse.state.vector.MemoryStock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers {@code POST /v1/simulate}. In: a row a line, {@link dev.gatehouse.cache.api.Written} with {@code id}, {@code answer_class} and
 * {@code answer}. Out: for each row {@code {"id", "hit": id | null, "score", "tier": "exact" | "semantic" | null, "reason"?, "veto"?}}, for what
 * is no row {@code {"line", "error"}}, and at the end {@code {"summary"}}. Parameters: {@code policy}, {@code maxWrongHits},
 * {@code maxWrongHitShare}.
 *
 * <p>Stock and bound are new for each request and in memory; at most {@value #AHEAD} rows are read ahead.
 */
public final class SimulateFlow implements LinesFlow {

    private static final int AHEAD = 64;
    private static final long MOST_BYTES = 1L << 29;

    /**
     * What judges in a simulation.
     *
     * @param sameness compares answers of rows that have no class
     * @param bounds   gives a bound that has learnt nothing yet
     */
    public record Judges(Verifier verifier, Sameness sameness, Supplier<Bound> bounds) {}

    private final PolicyChoice choice;
    private final Asker asker;
    private final Vectoriser vectoriser;
    private final int atOnce;
    private final Judges judges;

    /** @param atOnce texts that are embedded at once */
    public SimulateFlow(PolicyChoice choice, Asker asker, Vectoriser vectoriser, int atOnce, Judges judges) {
        this.choice = choice;
        this.asker = asker;
        this.vectoriser = vectoriser;
        this.atOnce = atOnce;
        this.judges = judges;
    }

    @Override
    public void run(Map<String, String> parameters, Source lines, Sink answers) throws Exception {
        CompiledCache policy = Trial.of(choice, parameters);
        // Exact whatever the size: a graph that is made meanwhile would let the same trace end otherwise each time.
        try (MemoryStock stock = new MemoryStock(MOST_BYTES, Integer.MAX_VALUE); Ahead ahead = new Ahead(vectoriser, atOnce)) {
            SemanticCache cache = new SemanticCache(stock, judges.verifier(), judges.bounds().get(), Sealer.NONE, InstantSource.fixed(Instant.now()));
            run(new Preparation(policy, asker, ahead), new Simulation(cache, judges.sameness()), lines, answers);
        }
    }

    private static void run(Preparation preparation, Simulation simulation, Source lines, Sink answers) throws Exception {
        Deque<Prepared> waiting = new ArrayDeque<>();
        for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            waiting.add(preparation.prepare(line.get()));
            if (waiting.size() == AHEAD) {
                answers.write(simulation.decide(waiting.remove()));
            }
        }
        while (!waiting.isEmpty()) {
            answers.write(simulation.decide(waiting.remove()));
        }
        answers.write(simulation.summary());
    }
}
