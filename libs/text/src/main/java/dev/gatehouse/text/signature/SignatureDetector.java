package dev.gatehouse.text.signature;

import dev.gatehouse.text.Detector;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.Overlaps;
import dev.gatehouse.text.keyword.KeywordAutomaton;
import dev.gatehouse.text.view.InspectedText;
import dev.gatehouse.text.view.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds signatures of prompt injection and jailbreak. Findings have the detector {@code signature}, the rule's category and score;
 * overlapping ones of one category are reported as one, those of different categories may overlap. Weak cues add up: where no single
 * rule reaches {@link #BLOCK} but several different ones together do ({@code 1 - product of (1 - score)}), one finding of category
 * {@code combined-cues} spans them.
 *
 * <p>Scores at or above {@link #BLOCK} are meant to be blocked; those below are worth reporting.
 */
public final class SignatureDetector implements Detector {

    /** Score from which a finding alone justifies blocking. */
    public static final double BLOCK = 0.8;

    private static final String DETECTOR = "signature";
    private static final String COMBINED = "combined-cues";

    private final PhraseRules phrases;
    private final List<PatternRule> patterns;
    private final KeywordAutomaton literals;

    private SignatureDetector(RuleFile file) {
        phrases = new PhraseRules(file);
        patterns = List.copyOf(file.patterns());
        literals = KeywordAutomaton.of(patterns.stream().map(PatternRule::literal).toList());
    }

    /** With the rules that come with this library. Compiling them takes some milliseconds: make one and share it. */
    public static SignatureDetector bundled() {
        return new SignatureDetector(RuleFile.bundled());
    }

    /** The categories that findings can have, sorted. */
    public List<String> categories() {
        Stream<Rule> rules = Stream.concat(phrases.rules.stream(), patterns.stream().map(PatternRule::rule));
        return Stream.concat(rules.map(Rule::category), Stream.of(COMBINED)).distinct().sorted().toList();
    }

    @Override
    public List<Finding> scan(String text) {
        return scan(InspectedText.of(text));
    }

    /** Scans every reading of the text but the original, which the canonical reading contains; offsets are the original's. */
    public List<Finding> scan(InspectedText text) {
        return scan(text.views());
    }

    /** Scans the given readings. */
    public List<Finding> scan(List<View> views) {
        List<Match> matches = new ArrayList<>();
        for (View view : views) {
            if (view.kind() != View.Kind.ORIGINAL) {
                match(view, matches);
            }
        }
        return matches.isEmpty() ? List.of() : findings(matches);
    }

    /** A rule and where it matched in the original. */
    private record Match(Rule rule, Finding finding) {
    }

    private void match(View view, List<Match> matches) {
        for (RuleHit hit : PhraseScan.of(phrases, view.text())) {
            add(hit.rule(), hit.start(), hit.end(), view, matches);
        }
        for (RuleHit hit : PatternScan.of(patterns, literals, view.text())) {
            add(hit.rule(), hit.start(), hit.end(), view, matches);
        }
    }

    private static void add(Rule rule, int start, int end, View view, List<Match> matches) {
        Finding here = new Finding(DETECTOR, rule.category(), rule.score(), start, end);
        matches.add(new Match(rule, view.original(here)));
    }

    private static List<Finding> findings(List<Match> matches) {
        List<Finding> findings = new ArrayList<>(matches.stream().map(Match::finding).distinct().toList());
        if (findings.stream().noneMatch(finding -> finding.score() >= BLOCK)) {
            combined(matches, findings);
        }
        return Overlaps.merged(findings);
    }

    private static void combined(List<Match> matches, List<Finding> findings) {
        double unlikely = cues(matches).stream().reduce(1.0, (product, cue) -> product * (1 - cue.score()), (a, b) -> a * b);
        if (1 - unlikely >= BLOCK) {
            int start = findings.stream().mapToInt(Finding::start).min().orElseThrow();
            int end = findings.stream().mapToInt(Finding::end).max().orElseThrow();
            findings.add(new Finding(DETECTOR, COMBINED, 1 - unlikely, start, end));
        }
    }

    /** The first match of each rule, without those that share words with a stronger one: the same words count once. */
    private static List<Finding> cues(List<Match> matches) {
        Map<String, Finding> firsts = new LinkedHashMap<>();
        matches.forEach(match -> firsts.putIfAbsent(match.rule().id(), match.finding()));
        List<Finding> cues = new ArrayList<>();
        firsts.values().stream().sorted(Comparator.comparingDouble(Finding::score).reversed())
                .filter(finding -> cues.stream().noneMatch(finding::overlaps)).forEach(cues::add);
        return cues;
    }
}
