package dev.gatehouse.text.signature;

import com.google.re2j.Matcher;
import dev.gatehouse.text.keyword.KeywordAutomaton;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass of the pattern rules over one text. A literal that stands well inside a stretch already searched is not searched again, so
 * that a text full of literals costs a bounded number of searches for its length.
 */
final class PatternScan {

    private final List<PatternRule> patterns;
    private final String text;
    private final int[] searchedTo;
    private final List<RuleHit> hits = new ArrayList<>();

    private PatternScan(List<PatternRule> patterns, String text) {
        this.patterns = patterns;
        this.text = text;
        searchedTo = new int[patterns.size()];
    }

    static List<RuleHit> of(List<PatternRule> patterns, KeywordAutomaton literals, String text) {
        PatternScan scan = new PatternScan(patterns, text);
        literals.scan(text, scan::search);
        return scan.hits;
    }

    private void search(int number, int literalEnd) {
        if (literalEnd + PatternRule.AFTER / 2 <= searchedTo[number]) {
            return;
        }
        PatternRule pattern = patterns.get(number);
        int from = Math.max(0, literalEnd - pattern.literal().length() - PatternRule.BEFORE);
        int to = Math.min(text.length(), literalEnd + PatternRule.AFTER);
        searchedTo[number] = literalEnd + PatternRule.AFTER;
        Matcher matcher = pattern.pattern().matcher(text.substring(from, to));
        if (matcher.find()) {
            hits.add(new RuleHit(pattern.rule(), from + matcher.start(), from + matcher.end()));
        }
    }
}
