package dev.gatehouse.cache.verify.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words that turn a question into another one: general opposites of English, and those that prefixes and endings make. */
final class Opposites {

    private static final String LIST = "/dev/gatehouse/cache/verify/opposites.txt";
    private static final List<String> PREFIXES = List.of("un", "in", "im", "ir", "il", "dis", "de", "non", "mis", "anti");
    private static final List<String> SURE_PREFIXES = List.of("un", "dis", "non");
    private static final Map<String, Set<String>> PAIRS = read();

    private Opposites() {}

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> pairs = new HashMap<>();
        try (InputStream in = Opposites.class.getResourceAsStream(LIST)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] sides = line.isBlank() || line.startsWith("#") ? new String[0] : line.split("\\|");
                if (sides.length == 2) {
                    add(pairs, sides[0].strip().split("\\s+"), sides[1].strip().split("\\s+"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pairs;
    }

    private static void add(Map<String, Set<String>> pairs, String[] one, String[] other) {
        for (String left : one) {
            for (String right : other) {
                pairs.computeIfAbsent(Stems.of(left), key -> new HashSet<>()).add(Stems.of(right));
                pairs.computeIfAbsent(Stems.of(right), key -> new HashSet<>()).add(Stems.of(left));
            }
        }
    }

    /** Whether two stems are opposites. */
    static boolean are(String one, String other) {
        return PAIRS.getOrDefault(one, Set.of()).contains(other) || byPrefix(one, other) || byPrefix(other, one) || byEnding(one, other);
    }

    private static boolean byPrefix(String longer, String shorter) {
        String prefix = longer.length() > shorter.length() && longer.endsWith(shorter) ? longer.substring(0, longer.length() - shorter.length()) : "";
        return shorter.length() >= 4 && PREFIXES.contains(prefix) || shorter.length() == 3 && SURE_PREFIXES.contains(prefix);
    }

    private static boolean byEnding(String one, String other) {
        return one.endsWith("ful") && other.endsWith("less") && one.regionMatches(0, other, 0, one.length() - 3)
                || other.endsWith("ful") && one.endsWith("less") && other.regionMatches(0, one, 0, other.length() - 3);
    }
}
