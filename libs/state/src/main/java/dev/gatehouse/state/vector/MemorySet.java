package dev.gatehouse.state.vector;

import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.state.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * One set in memory. A small one is read whole. A large one has a graph, made in the background, and a list of what is not in it yet;
 * it is made anew when that list is long, and when half of it is what was removed, which it keeps.
 */
final class MemorySet {

    private static final int SAMPLE = 16;
    // Entries of the list that follow into the graph with each that is put.
    private static final int FOLLOWING = 4;
    private static final int SPARE = 64;

    private final int exactUpTo;
    private final Executor background;
    private final int dimensions;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Key, Integer> places = new HashMap<>();
    /** All that is alive, in no order, so that one can be taken at random. */
    private final List<Entry> live = new ArrayList<>();
    private EntryGraph graph;
    private List<Entry> outside = new ArrayList<>();
    private boolean building;
    private volatile long firstEnd;
    private volatile long lastEnd;

    /** @param exactUpTo entries that are read whole */
    MemorySet(int dimensions, int exactUpTo, Executor background) {
        this.dimensions = dimensions;
        this.exactUpTo = exactUpTo;
        this.background = background;
        this.firstEnd = System.nanoTime() + Long.MAX_VALUE / 2;
        this.lastEnd = System.nanoTime();
    }

    int size() {
        return locked(lock.readLock(), live::size);
    }

    /** When its last value expires. */
    long nanosLeft() {
        return Math.max(0, lastEnd - System.nanoTime());
    }

    void put(Entry entry, int most) {
        requireDimensions(entry.vector());
        locked(lock.writeLock(), () -> {
            firstEnd = entry.end() - firstEnd < 0 ? entry.end() : firstEnd;
            lastEnd = entry.end() - lastEnd > 0 ? entry.end() : lastEnd;
            forget(entry.key());
            places.put(entry.key(), live.size());
            live.add(entry);
            while (live.size() > most) {
                forget(soonest(entry).key());
            }
            index(entry);
            return null;
        });
    }

    private Entry soonest(Entry spared) {
        return sample().filter(entry -> entry != spared).min(Comparator.comparingLong(Entry::nanosLeft)).orElse(live.getFirst());
    }

    private Stream<Entry> sample() {
        return live.size() <= SAMPLE ? live.stream() : ThreadLocalRandom.current().ints(SAMPLE, 0, live.size()).mapToObj(live::get);
    }

    private void index(Entry entry) {
        outside.add(entry);
        if (building) {
            return;
        }
        if (graph != null) {
            follow();
        } else if (outside.size() > 2 * live.size() + SPARE) {
            outside.removeIf(other -> !other.isLive());
        }
        buildWhereNeeded();
    }

    private void buildWhereNeeded() {
        boolean needed = graph == null ? live.size() > exactUpTo : outside.size() > exactUpTo || graph.size() > 2 * live.size() + SPARE;
        if (needed) {
            building = true;
            background.execute(this::build);
        }
    }

    private void follow() {
        List<Entry> following = outside.subList(0, Math.min(FOLLOWING, outside.size()));
        following.stream().filter(Entry::isLive).forEach(graph::add);
        following.clear();
    }

    private void build() {
        List<Entry> before = new ArrayList<>();
        int known = locked(lock.readLock(), () -> {
            before.addAll(live);
            return outside.size();
        });
        EntryGraph built = EntryGraph.of(before);
        locked(lock.writeLock(), () -> {
            graph = built;
            outside = new ArrayList<>(outside.subList(known, outside.size()));
            building = false;
            buildWhereNeeded();
            return null;
        });
    }

    List<Neighbour> nearest(Int8Vector vector, int most) {
        requireDimensions(vector);
        return locked(lock.readLock(), () -> {
            Nearest nearest = new Nearest(vector, most);
            candidates(vector, most).forEach(nearest::add);
            return nearest.found();
        });
    }

    private Stream<Entry> candidates(Int8Vector vector, int most) {
        Stream<Entry> inGraph = graph == null ? Stream.empty() : graph.nearest(vector, most, entry -> entry.isLive() && !entry.hasExpired());
        return Stream.concat(inGraph, outside.stream());
    }

    boolean remove(Key key) {
        return locked(lock.writeLock(), () -> {
            boolean wasLive = places.containsKey(key) && !live.get(places.get(key)).hasExpired();
            forget(key);
            return wasLive;
        });
    }

    /** Whether there is something for {@link #removeExpired}. */
    boolean hasExpired() {
        return firstEnd - System.nanoTime() <= 0;
    }

    void removeExpired() {
        locked(lock.writeLock(), () -> {
            live.stream().filter(Entry::hasExpired).map(Entry::key).toList().forEach(this::forget);
            firstEnd = live.stream().mapToLong(Entry::nanosLeft).min().orElse(Long.MAX_VALUE / 2) + System.nanoTime();
            return null;
        });
    }

    /** The last takes its place. */
    private void forget(Key key) {
        Integer place = places.remove(key);
        if (place != null) {
            live.get(place).forget();
            Entry last = live.removeLast();
            if (place < live.size()) {
                live.set(place, last);
                places.put(last.key(), place);
            }
        }
    }

    private void requireDimensions(Int8Vector vector) {
        if (vector.dimensions() != dimensions) {
            throw Asked.otherDimensions(vector.dimensions());
        }
    }

    private interface Work<T> {
        T run();
    }

    private static <T> T locked(Lock lock, Work<T> work) {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
