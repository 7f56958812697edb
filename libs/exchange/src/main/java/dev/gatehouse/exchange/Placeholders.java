package dev.gatehouse.exchange;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The placeholders of one exchange, {@code [TYPE_n]}: n counts a type's distinct values by first appearance over the whole
 * message list, the same value has the same n, and a look-alike that the client wrote itself reserves its n. Not thread-safe:
 * it belongs to one exchange, and its values are never logged.
 */
public final class Placeholders {

    /** What a placeholder looks like. */
    public static final Pattern SHAPE = Pattern.compile("\\[([A-Z][A-Z0-9_]{0,63})_([1-9][0-9]{0,8})]");

    private record Value(String type, String value) {}

    private final Map<Value, String> placeholders = new HashMap<>();
    private final Map<String, String> originals = new LinkedHashMap<>();
    private final Map<String, Integer> last = new HashMap<>();
    private final Set<String> reserved = new HashSet<>();

    /** Reserves every look-alike in a text of the client, before any value is replaced. */
    public void reserveFrom(String text) {
        Matcher matcher = SHAPE.matcher(text);
        while (matcher.find()) {
            reserved.add(matcher.group());
        }
    }

    /** The placeholder of a value. */
    public String of(String type, String value) {
        return placeholders.computeIfAbsent(new Value(type, value), key -> next(type, value));
    }

    /** The value behind a placeholder of this exchange; empty for any other text. */
    public Optional<String> original(String placeholder) {
        return Optional.ofNullable(originals.get(placeholder));
    }

    public boolean isEmpty() {
        return originals.isEmpty();
    }

    private String next(String type, String value) {
        String placeholder;
        do {
            placeholder = "[" + type + "_" + last.merge(type, 1, Integer::sum) + "]";
        } while (reserved.contains(placeholder));
        originals.put(placeholder, value);
        return placeholder;
    }
}
