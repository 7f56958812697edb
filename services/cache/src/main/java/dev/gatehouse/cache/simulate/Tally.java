package dev.gatehouse.cache.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cache.tier.Tier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts a simulation's decisions. Rates are shares, 0 to 1; wrong hits are known of rows that tell their answers only. */
final class Tally {

    /** Rows of a window. */
    static final int WINDOW = 4_000;

    /** Counts of some rows. */
    private static final class Count {

        private long rows;
        private long hits;
        private long judged;
        private long wrong;

        void add(Step step, Optional<Boolean> right) {
            rows++;
            hits += step.isHit() ? 1 : 0;
            judged += step.isHit() && right.isPresent() ? 1 : 0;
            wrong += step.isHit() && right.filter(same -> !same).isPresent() ? 1 : 0;
        }

        void write(ObjectNode to) {
            to.put("rows", rows).put("hits", hits).put("hitRate", share(hits, rows));
            if (judged > 0 || hits == 0) {
                to.put("wrongHits", wrong).put("wrongHitRate", share(wrong, rows)).put("wrongHitShare", share(wrong, hits));
            }
        }

        private static double share(long part, long whole) {
            return whole == 0 ? 0 : (double) part / whole;
        }
    }

    private final Count all = new Count();
    private final Map<Tier, Count> tiers = new EnumMap<>(Tier.class);
    private final Map<String, Long> misses = new TreeMap<>();
    private final List<Count> windows = new ArrayList<>();
    private long malformed;

    void malformed() {
        malformed++;
    }

    /** @param right whether the answer of a hit was right, where that is known */
    void add(Step step, Optional<Boolean> right) {
        if (all.rows % WINDOW == 0) {
            windows.add(new Count());
        }
        all.add(step, right);
        windows.getLast().add(step, right);
        step.tier().ifPresent(tier -> tiers.computeIfAbsent(tier, known -> new Count()).add(step, right));
        step.reason().ifPresent(reason -> misses.merge(reason, 1L, Long::sum));
    }

    void write(ObjectNode summary) {
        all.write(summary);
        ObjectNode byTier = summary.putObject("tiers");
        tiers.forEach((tier, count) -> byTier.putObject(tier.name()).put("hits", count.hits).put("wrongHits", count.wrong));
        ObjectNode byReason = summary.putObject("misses");
        misses.forEach(byReason::put);
        ArrayNode list = summary.putArray("windows");
        windows.forEach(window -> window.write(list.addObject()));
        summary.put("malformed", malformed);
    }
}
