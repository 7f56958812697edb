package dev.gatehouse.policy.source;

import dev.gatehouse.policy.document.Document;
import dev.gatehouse.policy.document.DocumentException;
import dev.gatehouse.policy.document.Documents;
import dev.gatehouse.policy.document.Fault;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Objects of one kind, read one by one as they change; of one that is wrong the last good state stays. Not thread-safe.
 *
 * @param <T> what an object is read as
 */
public final class Shelf<T> {

    /** An object as it was last good, and its text. */
    private record Good<T>(T value, String text) {}

    /** The text that was read last; its fault, where it has one; what was good last. */
    private record Kept<T>(String text, Optional<Fault> fault, Optional<Good<T>> good) {}

    private final Function<Document, T> reader;
    private final Map<String, Kept<T>> kept = new TreeMap<>();

    /** @param reader throws {@link DocumentException} for what is wrong */
    public Shelf(Function<Document, T> reader) {
        this.reader = reader;
    }

    /**
     * Takes an object as it is now.
     *
     * @param name {@code namespace/name}
     * @param json the object without its status, or with so much of it as matters to the reader
     * @return whether it is another than before
     */
    public boolean put(String name, String json) {
        Kept<T> before = kept.get(name);
        if (before != null && before.text().equals(json)) {
            return false;
        }
        kept.put(name, read(name, json, Optional.ofNullable(before).flatMap(Kept::good)));
        return true;
    }

    /**
     * Forgets the objects that are no more.
     *
     * @param names {@code namespace/name} of all that there are
     * @return whether there was one
     */
    public boolean retain(Collection<String> names) {
        return kept.keySet().retainAll(names);
    }

    /** Those that were good once, by name. */
    public List<T> values() {
        return kept.values().stream().map(Kept::good).flatMap(Optional::stream).map(Good::value).toList();
    }

    /** The texts of those that were good once, by name. */
    public List<String> texts() {
        return kept.values().stream().map(Kept::good).flatMap(Optional::stream).map(Good::text).toList();
    }

    /** What is wrong with those that are wrong now, by {@code namespace/name}. */
    public Map<String, Fault> faults() {
        Map<String, Fault> faults = new HashMap<>();
        kept.forEach((name, object) -> object.fault().ifPresent(fault -> faults.put(name, fault)));
        return Map.copyOf(faults);
    }

    private Kept<T> read(String name, String json, Optional<Good<T>> lastGood) {
        try {
            T value = Objects.requireNonNull(reader.apply(Documents.object(name, json)));
            return new Kept<>(json, Optional.empty(), Optional.of(new Good<>(value, json)));
        } catch (DocumentException e) {
            return new Kept<>(json, Optional.of(e.fault()), lastGood);
        }
    }
}
