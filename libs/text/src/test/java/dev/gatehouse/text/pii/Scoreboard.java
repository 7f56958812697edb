package dev.gatehouse.text.pii;

import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Counts findings against spans that people marked. A finding is right where it has a span's type and covers, or is covered by, at
 * least half of the longer of both. A finding that meets no span of any structured type is false; one that meets a span of another
 * type is of the wrong type, and counts against precision too.
 */
final class Scoreboard {

    /** @param type type as the data names it @param start UTF-16 index @param end index after the last */
    record Gold(String type, int start, int end) {}

    /** A text with the spans marked in it. */
    record Marked(String text, List<Gold> spans) {}

    /** What went wrong, for whoever improves the detector: no more than a kind, an entity and the place. */
    record Miss(String kind, String type, Marked marked, int start, int end) {}

    static final class Count {
        int gold;
        int right;
        int spurious;
        int mistyped;

        double recall() {
            return gold == 0 ? 1 : (double) right / gold;
        }

        double precision() {
            int found = right + spurious + mistyped;
            return found == 0 ? 1 : (double) right / found;
        }
    }

    /** What the data calls our entities, where the names differ. */
    private static final Map<String, Entity> TYPES = types();

    private final Map<Entity, Count> counts = new EnumMap<>(Entity.class);
    private final List<Miss> misses = new ArrayList<>();

    private static Map<String, Entity> types() {
        Map<String, Entity> types = new HashMap<>();
        for (Entity entity : Entity.values()) {
            types.put(entity.name(), entity);
        }
        types.put("EMAIL_ADDRESS", Entity.EMAIL);
        types.put("PHONE_NUMBER", Entity.PHONE);
        types.put("IBAN_CODE", Entity.IBAN);
        types.put("ES_NIE", Entity.ES_NIF);
        types.put("ES_DNI", Entity.ES_NIF);
        types.put("IT_FISCAL_CODE", Entity.IT_CODICE_FISCALE);
        types.put("US_PASSPORT", Entity.PASSPORT);
        types.put("US_DRIVER_LICENSE", Entity.DRIVER_LICENSE);
        types.put("ETH_ADDRESS", Entity.CRYPTO);
        types.put("MEDICAL_LICENSE", Entity.MEDICAL_RECORD);
        return types;
    }

    void add(Marked marked, List<Finding> findings) {
        List<Gold> structured = marked.spans.stream().filter(gold -> TYPES.containsKey(gold.type)).toList();
        Set<Finding> right = new HashSet<>();
        for (Gold gold : structured) {
            count(TYPES.get(gold.type)).gold++;
            List<Finding> matches = findings.stream().filter(finding -> matches(gold, finding)).toList();
            right.addAll(matches);
            if (matches.isEmpty()) {
                misses.add(new Miss("missed", gold.type, marked, gold.start, gold.end));
            } else {
                count(TYPES.get(gold.type)).right++;
            }
        }
        findings.stream().filter(finding -> !right.contains(finding)).forEach(finding -> addWrong(marked, structured, finding));
    }

    private void addWrong(Marked marked, List<Gold> structured, Finding finding) {
        boolean meets = structured.stream().anyMatch(gold -> overlap(gold, finding) > 0);
        Count count = count(Entity.valueOf(finding.category()));
        count.mistyped += meets ? 1 : 0;
        count.spurious += meets ? 0 : 1;
        misses.add(new Miss(meets ? "mistyped" : "false", finding.category(), marked, finding.start(), finding.end()));
    }

    private static boolean matches(Gold gold, Finding finding) {
        int longer = Math.max(gold.end - gold.start, finding.length());
        return TYPES.get(gold.type).name().equals(finding.category()) && 2 * overlap(gold, finding) >= longer;
    }

    private static int overlap(Gold gold, Finding finding) {
        return Math.min(gold.end, finding.end()) - Math.max(gold.start, finding.start());
    }

    private Count count(Entity entity) {
        return counts.computeIfAbsent(entity, _ -> new Count());
    }

    Map<Entity, Count> counts() {
        return counts;
    }

    List<Misses> missesByKind() {
        Map<String, List<Miss>> kinds = new java.util.TreeMap<>();
        misses.forEach(miss -> kinds.computeIfAbsent(miss.kind + " " + miss.type, _ -> new ArrayList<>()).add(miss));
        return kinds.entrySet().stream().map(kind -> new Misses(kind.getKey(), kind.getValue())).toList();
    }

    /** Misses of one kind. */
    record Misses(String kind, List<Miss> misses) {}

    Count total() {
        Count total = new Count();
        for (Count count : counts.values()) {
            total.gold += count.gold;
            total.right += count.right;
            total.spurious += count.spurious;
            total.mistyped += count.mistyped;
        }
        return total;
    }

    /** A Markdown table, one entity a line, and the sum. */
    String table() {
        StringBuilder table = new StringBuilder("""
            | entity | marked | found | missed | false | wrong type | recall | precision |
            |---|---|---|---|---|---|---|---|
            """);
        counts.forEach((entity, count) -> table.append(line("`" + entity + "`", count)));
        return table.append(line("**all**", total())).toString();
    }

    private static String line(String name, Count count) {
        return String.format(Locale.ROOT, "| %s | %d | %d | %d | %d | %d | %.3f | %.3f |%n", name, count.gold, count.right, count.gold - count.right,
            count.spurious, count.mistyped, count.recall(), count.precision());
    }
}
