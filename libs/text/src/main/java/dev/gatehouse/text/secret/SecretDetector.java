package dev.gatehouse.text.secret;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import dev.gatehouse.text.keyword.KeywordAutomaton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds secrets. Findings are of detector {@code secret}, their category is the rule's id, and their span is the secret itself,
 * never the name it is assigned to. They do not overlap: of two readings of a place the surer one stays, then the longer.
 */
public final class SecretDetector implements Detector {

    /**
     * What to report.
     *
     * @param kinds    which kinds of rules report; GENERIC includes assignments to names such as password
     * @param disabled ids of rules that never report
     */
    public record Options(Set<SecretRule.Kind> kinds, Set<String> disabled) {

        public Options {
            kinds = Set.copyOf(kinds);
            disabled = Set.copyOf(disabled);
        }

        /** Everything. */
        public static Options standard() {
            return new Options(EnumSet.allOf(SecretRule.Kind.class), Set.of());
        }

        boolean admits(SecretRule rule) {
            return kinds.contains(rule.kind()) && !disabled.contains(rule.id());
        }
    }

    private final List<RuleScan> rules;
    private final List<String> keywords;
    private final KeywordAutomaton automaton;
    private final BitSet[] rulesOf;
    private final int[][] keywordsOf;
    private final int[] roleWords;
    private final AssignmentScan assignments;

    public SecretDetector(RulePack pack, Options options) {
        rules = pack.rules().stream().filter(options::admits).map(RuleScan::new).toList();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Stream.concat(RoleWords.all().stream(), rules.stream().flatMap(scan -> scan.rule().keywords().stream()))
                .forEach(word -> numbers.putIfAbsent(word, numbers.size()));
        keywords = List.copyOf(numbers.keySet());
        automaton = KeywordAutomaton.of(keywords);
        keywordsOf = rules.stream().map(scan -> numbers(scan.rule().keywords(), numbers)).toArray(int[][]::new);
        rulesOf = invert(keywordsOf, keywords.size());
        roleWords = numbers(RoleWords.all(), numbers);
        assignments = new AssignmentScan(options);
    }

    @Override
    public List<Finding> scan(String text) {
        Hits hits = new Hits();
        automaton.scan(text, (keyword, end) -> hits.add(keyword, end - keywords.get(keyword).length()));
        if (hits.seen().isEmpty()) {
            return List.of();
        }
        List<Spot> roles = spots(hits, roleWords);
        List<Finding> found = new ArrayList<>(assignments.scan(text, roles));
        matching(hits).stream().forEach(rule ->
                found.addAll(rules.get(rule).scan(text, spots(hits, keywordsOf[rule]), roles)));
        return Overlaps.strongest(found);
    }

    private BitSet matching(Hits hits) {
        BitSet matching = new BitSet(rules.size());
        hits.seen().stream().forEach(keyword -> matching.or(rulesOf[keyword]));
        return matching;
    }

    private List<Spot> spots(Hits hits, int[] words) {
        List<Spot> spots = new ArrayList<>();
        for (int word : words) {
            for (int start : hits.of(word)) {
                spots.add(new Spot(start, start + keywords.get(word).length()));
            }
        }
        spots.sort(Comparator.comparingInt(Spot::start));
        return spots;
    }

    private static int[] numbers(List<String> words, Map<String, Integer> numbers) {
        return words.stream().mapToInt(numbers::get).toArray();
    }

    private static BitSet[] invert(int[][] keywordsOf, int keywords) {
        BitSet[] rulesOf = Stream.generate(BitSet::new).limit(keywords).toArray(BitSet[]::new);
        for (int rule = 0; rule < keywordsOf.length; rule++) {
            for (int keyword : keywordsOf[rule]) {
                rulesOf[keyword].set(rule);
            }
        }
        return rulesOf;
    }
}
