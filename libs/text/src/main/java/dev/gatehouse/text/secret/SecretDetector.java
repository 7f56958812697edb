package dev.gatehouse.text.secret;

import dev.gatehouse.text.Finding;
import dev.gatehouse.text.keyword.KeywordAutomaton;
import dev.gatehouse.text.pattern.Outline;
import dev.gatehouse.text.stream.DetectorStream;
import dev.gatehouse.text.stream.GrowingText;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.ArrayList;
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
public final class SecretDetector implements StreamingDetector {

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

    private static final int LOOK_BEHIND = 256;

    private final List<RuleMatch> rules;
    private final List<String> keywords;
    private final KeywordAutomaton automaton;
    private final int[][] rulesOf;
    private final boolean[] roleWord;
    private final KeywordAutomaton beginnings;
    private final Outline before;
    private final int longestBefore;
    private final int lookBehind;
    private final AssignmentScan assignments;

    public SecretDetector(RulePack pack, Options options) {
        rules = pack.rules().stream().filter(options::admits).map(RuleMatch::new).toList();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Stream.concat(RoleWords.all().stream(), rules.stream().flatMap(scan -> scan.rule().keywords().stream()))
                .forEach(word -> numbers.putIfAbsent(word, numbers.size()));
        keywords = List.copyOf(numbers.keySet());
        automaton = KeywordAutomaton.of(keywords);
        rulesOf = rulesOf(numbers);
        roleWord = new boolean[keywords.size()];
        RoleWords.all().forEach(word -> roleWord[numbers.get(word)] = true);
        List<String> first = rules.stream().map(RuleMatch::rule).filter(SecretDetector::beginsWithKeyword)
                .flatMap(rule -> rule.keywords().stream()).distinct().toList();
        beginnings = KeywordAutomaton.of(first);
        before = Outline.ofAny(rules.stream().map(RuleMatch::rule).filter(SecretDetector::beginsBeforeKeyword).map(SecretRule::value).toList());
        longestBefore = rules.stream().map(RuleMatch::rule).mapToInt(rule -> before(rule) + rule.reach()).max().orElse(1);
        lookBehind = LOOK_BEHIND + rules.stream().map(RuleMatch::rule).mapToInt(SecretDetector::before).max().orElse(0);
        assignments = new AssignmentScan(options);
    }

    @Override
    public DetectorStream open() {
        return new SecretStream(this, true);
    }

    @Override
    public List<Finding> scan(String text) {
        SecretStream stream = new SecretStream(this, false);
        List<Finding> found = new ArrayList<>(stream.feed(text).findings());
        found.addAll(stream.end().findings());
        return List.copyOf(found);
    }

    KeywordAutomaton automaton() {
        return automaton;
    }

    /** The keywords that findings begin with. */
    KeywordAutomaton beginnings() {
        return beginnings;
    }

    /** Of the patterns that match from before their keyword on. */
    Outline before() {
        return before;
    }

    /** The longest of their matches. */
    int longestBefore() {
        return longestBefore;
    }

    /** Farther back than a match's beginning, a role word or an assigned name is looked for. */
    int lookBehind() {
        return lookBehind;
    }

    AssignmentScan assignments() {
        return assignments;
    }

    Spot spot(int keyword, int end) {
        return new Spot(end - keywords.get(keyword).length(), end);
    }

    boolean isRole(int keyword) {
        return roleWord[keyword];
    }

    /** Numbers of the rules that have a keyword. */
    int[] rulesOf(int keyword) {
        return rulesOf[keyword];
    }

    Search search(int rule, GrowingText text, List<Spot> recentRoles) {
        RuleMatch match = rules.get(rule);
        return switch (match.rule().anchor()) {
            case Anchor.Prefix ignored -> new PlacedSearch(match, text, 0, true);
            case Anchor.Inside inside -> new PlacedSearch(match, text, inside.before(), false);
            case Anchor.Near near -> new NearSearch(match, text, near, recentRoles);
        };
    }

    private static boolean beginsWithKeyword(SecretRule rule) {
        boolean first = rule.anchor() instanceof Anchor.Prefix || rule.anchor() instanceof Anchor.Inside inside && inside.before() == 0;
        return first && (rule.value().groupCount() == 0 || rule.value().pattern().startsWith("("));
    }

    private static boolean beginsBeforeKeyword(SecretRule rule) {
        return before(rule) > 0;
    }

    private static int before(SecretRule rule) {
        return rule.anchor() instanceof Anchor.Inside inside ? inside.before() : 0;
    }

    private int[][] rulesOf(Map<String, Integer> numbers) {
        List<List<Integer>> of = new ArrayList<>();
        keywords.forEach(keyword -> of.add(new ArrayList<>()));
        for (int rule = 0; rule < rules.size(); rule++) {
            for (String keyword : Set.copyOf(rules.get(rule).rule().keywords())) {
                of.get(numbers.get(keyword)).add(rule);
            }
        }
        return of.stream().map(list -> list.stream().mapToInt(i -> i).toArray()).toArray(int[][]::new);
    }
}
