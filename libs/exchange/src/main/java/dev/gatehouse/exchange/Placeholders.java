package dev.gatehouse.exchange;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The placeholders of one exchange, {@code [TYPE_n]}: n counts a type's distinct values by first appearance over the whole
 * message list, the same value has the same n, and a look-alike that the client wrote itself, in any spelling of
 * {@link PlaceholderSpelling}, reserves its n. Not thread-safe: it belongs to one exchange, and its values are never logged.
 */
public final class Placeholders {

    /** What a placeholder looks like. */
    public static final Pattern SHAPE = Pattern.compile("\\[([A-Z][A-Z0-9_]{0,63})_([1-9][0-9]{0,8})]");

    /** No exchange comes to a higher number: its bodies would have to be larger than any that is read. */
    private static final int MAX_NUMBER = 16_000_000;

    private record Value(String type, String value) {}

    /** A placeholder and what it stands for. */
    public record Entry(String type, int number, String value) {
        public String placeholder() {
            return "[" + type + "_" + number + "]";
        }

        /** Never shows the value. */
        @Override
        public String toString() {
            return placeholder();
        }
    }

    private final Map<Value, Entry> entries = new LinkedHashMap<>();
    private final NavigableMap<String, Entry> byKey = new TreeMap<>();
    private final Map<String, Integer> last = new HashMap<>();
    private final Map<String, BitSet> reserved = new HashMap<>();

    /** Reserves every look-alike of these types in a text of the client, before any value is replaced. */
    public void reserveFrom(String text, Set<String> types) {
        Set<String> stems = types.stream().map(type -> stem(PlaceholderSpelling.key(type))).collect(Collectors.toSet());
        int at = 0;
        while (at < text.length()) {
            at = PlaceholderSpelling.mayStart(text.charAt(at)) ? reserve(text, at, stems) : at + 1;
        }
    }

    private int reserve(String text, int at, Set<String> stems) {
        return switch (PlaceholderSpelling.read(text, at, true, key -> true)) {
            case PlaceholderSpelling.Reading.Found found -> {
                String stem = stem(found.key());
                if (stems.contains(stem)) {
                    number(found.key()).ifPresent(number -> reserved.computeIfAbsent(stem, known -> new BitSet()).set(number));
                }
                yield found.end();
            }
            case PlaceholderSpelling.Reading.None none -> at + 1;
            case PlaceholderSpelling.Reading.Open open -> at + 1;
        };
    }

    /** A key without the digits at its end, which may belong to its type too: keys are equal when stems and digits are. */
    private static String stem(String key) {
        int end = key.length();
        while (end > 0 && Character.isDigit(key.charAt(end - 1))) {
            end--;
        }
        return key.substring(0, end);
    }

    private static Optional<Integer> number(String key) {
        String digits = key.substring(stem(key).length());
        boolean counts = !digits.isEmpty() && digits.length() <= 8 && digits.charAt(0) != '0';
        return counts ? Optional.of(Integer.parseInt(digits)).filter(number -> number <= MAX_NUMBER) : Optional.empty();
    }

    /** The placeholder of a value. */
    public String of(String type, String value) {
        Entry known = entries.get(new Value(type, value));
        return (known == null ? next(type, value) : known).placeholder();
    }

    /** Takes over what an earlier exchange of the same conversation has put in; a placeholder that is taken stays as it is. */
    public void adopt(Entry entry) {
        if (!byKey.containsKey(PlaceholderSpelling.key(entry.placeholder())) && !entries.containsKey(new Value(entry.type, entry.value))) {
            put(entry);
            last.merge(entry.type, entry.number, Math::max);
        }
    }

    /** All of them, in the order of their making. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** The value behind a placeholder of this exchange; empty for any other text. */
    public Optional<String> original(String placeholder) {
        return Optional.ofNullable(byKey.get(PlaceholderSpelling.key(placeholder)))
                .filter(entry -> entry.placeholder().equals(placeholder)).map(Entry::value);
    }

    /** The value behind a key, as {@link PlaceholderSpelling} reads it. */
    public Optional<String> originalOfKey(String key) {
        return Optional.ofNullable(byKey.get(key)).map(Entry::value);
    }

    /** Whether the key of some placeholder begins like that. */
    public boolean hasKeyWithPrefix(String prefix) {
        String at = byKey.ceilingKey(prefix);
        return at != null && at.startsWith(prefix);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private Entry next(String type, String value) {
        Entry entry;
        do {
            entry = new Entry(type, last.merge(type, 1, Integer::sum), value);
        } while (isTaken(PlaceholderSpelling.key(entry.placeholder())));
        put(entry);
        return entry;
    }

    private boolean isTaken(String key) {
        BitSet numbers = reserved.get(stem(key));
        return byKey.containsKey(key) || numbers != null && number(key).filter(numbers::get).isPresent();
    }

    private void put(Entry entry) {
        entries.put(new Value(entry.type, entry.value), entry);
        byKey.put(PlaceholderSpelling.key(entry.placeholder()), entry);
    }
}
