package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of those that were added, which are alive and have not expired. */
final class Nearest {

    private record Scored(Entry entry, double cosine) {}

    private final Int8Vector asked;
    private final int most;
    private final PriorityQueue<Scored> farthestFirst = new PriorityQueue<>(Comparator.comparingDouble(Scored::cosine));

    Nearest(Int8Vector asked, int most) {
        this.asked = asked;
        this.most = most;
    }

    void add(Entry entry) {
        if (!entry.isLive() || entry.hasExpired()) {
            return;
        }
        double cosine = asked.cosine(entry.vector());
        if (farthestFirst.size() < most) {
            farthestFirst.add(new Scored(entry, cosine));
        } else if (cosine > farthestFirst.peek().cosine()) {
            farthestFirst.poll();
            farthestFirst.add(new Scored(entry, cosine));
        }
    }

    /** Nearest first. */
    List<Neighbour> found() {
        return farthestFirst.stream().sorted(Comparator.comparingDouble(Scored::cosine).reversed())
                .map(scored -> scored.entry().at(scored.cosine())).toList();
    }
}
