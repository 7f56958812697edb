package dev.gatehouse.state.limit;

import dev.gatehouse.state.Key;
import dev.gatehouse.state.limit.Algorithm.InFlight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the shared store has still to be told: settlements of what it holds, and for each bucket what was spent without it and still
 * counts (a token bucket refills meanwhile, windows end). Bounded: what comes beyond is dropped and counted. Thread-safe.
 */
final class Unsettled {

    /** @param held whether the store may know a settlement of it already: then it charges nothing that it does not hold */
    private record Settling(ReservationId id, List<Charge> charges, boolean held) {}

    private final int most;
    private final Share share;
    private final Limits spent;
    private final Map<Key, Bucket> buckets = new HashMap<>();
    private final Deque<Settling> settlings = new ArrayDeque<>();
    private long dropped;

    Unsettled(int most, Share share) {
        this.most = most;
        this.share = share;
        this.spent = new MemoryLimits(most);
    }

    /** Of a reservation whose settlement the store may have made. */
    synchronized void settleIfHeld(ReservationId id, List<Charge> charges) {
        remember(new Settling(id, charges, true));
    }

    /** Of a reservation that the store may have lost. */
    synchronized void settle(ReservationId id, List<Charge> charges) {
        remember(new Settling(id, charges, false));
    }

    private void remember(Settling settling) {
        if (settlings.size() < most) {
            settlings.add(settling);
        } else {
            dropped++;
        }
    }

    /** What was used of a bucket without the store. */
    synchronized void spend(Bucket bucket, long amount) {
        if (bucket.algorithm() instanceof InFlight) {
            return;
        }
        if (buckets.size() >= most && !buckets.containsKey(bucket.key())) {
            dropped++;
            return;
        }
        buckets.put(bucket.key(), bucket);
        spent.add(List.of(new Hit(share.of(bucket), amount)));
    }

    /** Tells the store one thing after another. What could not be told is kept, and told under the same ids again. */
    void tell(Limits store) {
        turnSpentIntoSettlings();
        for (Settling next = first(); next != null; next = first()) {
            if (next.held()) {
                store.settle(next.id(), next.charges());
            } else {
                store.settleUnknown(next.id(), next.charges(), next.id().age());
            }
            done(next);
        }
    }

    private synchronized void turnSpentIntoSettlings() {
        List<Bucket> all = new ArrayList<>(buckets.values());
        buckets.clear();
        for (Bucket bucket : all) {
            long amount = Math.min(spent.peek(List.of(share.of(bucket))).getFirst().used(), Limits.MAX_AMOUNT);
            spent.reset(bucket);
            if (amount > 0) {
                settlings.add(new Settling(ReservationId.random(), List.of(new Charge(new Claim(bucket, 0, 0), amount)), false));
            }
        }
    }

    private synchronized Settling first() {
        return settlings.peek();
    }

    private synchronized void done(Settling settling) {
        settlings.remove(settling);
    }

    /** Settlements and buckets that wait to be told. */
    synchronized int waiting() {
        return settlings.size() + buckets.size();
    }

    /** What had no room. */
    synchronized long dropped() {
        return dropped;
    }

}
