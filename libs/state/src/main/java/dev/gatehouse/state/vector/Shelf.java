package dev.gatehouse.state.vector;

import dev.gatehouse.state.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What one owner keeps in memory. Thread-safe. */
final class Shelf {

    // A fifth of the entries may be new ones that nobody used yet.
    private static final int NEW_SHARE = 5;

    private record Kept(Stock.Item item, long bytes, long end, long number) {
        boolean hasExpired() {
            return end - System.nanoTime() <= 0;
        }
    }

    private static final Comparator<Kept> BY_END = Comparator.comparingLong((Kept kept) -> kept.end).thenComparingLong(Kept::number);

    private final Map<Key, Kept> entries = new HashMap<>();
    private final Map<Key, Kept> fresh = new LinkedHashMap<>();
    private final Map<Key, Kept> used = new LinkedHashMap<>();
    private final TreeSet<Kept> ends = new TreeSet<>(BY_END);
    private long bytes;
    private long numbers;

    /** @return what had to go for it, not counting what it replaces */
    synchronized List<Stock.Item> put(Stock.Item item, Stock.Caps caps) {
        remove(item.entry());
        List<Stock.Item> gone = new ArrayList<>();
        while (!ends.isEmpty() && ends.first().hasExpired()) {
            gone.add(forget(ends.first()));
        }
        while (!entries.isEmpty() && (entries.size() >= caps.entries() || bytes + item.bytes() > caps.bytes())) {
            gone.add(forget(oldest()));
        }
        add(new Kept(withoutVector(item), item.bytes(), System.nanoTime() + item.timeToLive().toNanos(), numbers++));
        return gone;
    }

    private static Stock.Item withoutVector(Stock.Item item) {
        return new Stock.Item(item.owner(), item.set(), item.entry(), item.label(), Optional.empty(), item.value().clone(), item.timeToLive());
    }

    private Kept oldest() {
        boolean enoughNew = fresh.size() * NEW_SHARE >= entries.size();
        return (enoughNew ? fresh : used).values().iterator().next();
    }

    private void add(Kept kept) {
        entries.put(kept.item().entry(), kept);
        fresh.put(kept.item().entry(), kept);
        ends.add(kept);
        bytes += kept.bytes();
    }

    private Stock.Item forget(Kept kept) {
        entries.remove(kept.item().entry());
        fresh.remove(kept.item().entry());
        used.remove(kept.item().entry());
        ends.remove(kept);
        bytes -= kept.bytes();
        return kept.item();
    }

    synchronized Optional<byte[]> value(Key entry) {
        return Optional.ofNullable(entries.get(entry)).filter(kept -> !kept.hasExpired()).map(kept -> kept.item().value());
    }

    synchronized void used(Key entry) {
        Kept kept = entries.get(entry);
        if (kept != null) {
            fresh.remove(entry);
            used.remove(entry);
            used.put(entry, kept);
        }
    }

    synchronized Optional<Stock.Item> remove(Key entry) {
        return Optional.ofNullable(entries.get(entry)).map(this::forget);
    }

    synchronized List<Stock.Item> removeAll(Optional<String> label) {
        List<Kept> chosen = entries.values().stream().filter(kept -> label.isEmpty() || label.get().equals(kept.item().label())).toList();
        return chosen.stream().map(this::forget).toList();
    }

    synchronized long entries() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long nanosLeft() {
        return ends.isEmpty() ? 0 : Math.max(0, ends.last().end() - System.nanoTime());
    }

    synchronized Set<Key> sets() {
        return entries.values().stream().map(kept -> kept.item().set()).collect(Collectors.toSet());
    }
}
