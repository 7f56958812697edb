package dev.gatehouse.text.secret;

import com.google.re2j.Matcher;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.pattern.OpenMatches;
import dev.gatehouse.text.pattern.Outline;
import java.util.ArrayList;
import java.util.List;

/** One rule with what is made of it once: its pattern's outline and shortest match. Judges what its pattern matches. Immutable. */
final class RuleMatch {

    static final String DETECTOR = "secret";
    private static final double CHECKED = 0.99;
    private static final double UNCHECKED_LOSS = 0.15;

    private final SecretRule rule;
    private final int shortest;
    private volatile Outline outline;

    RuleMatch(SecretRule rule) {
        this.rule = rule;
        shortest = PatternLength.isRun(rule.value().pattern()) ? PatternLength.shortest(rule.value().pattern()) : 1;
    }

    SecretRule rule() {
        return rule;
    }

    /** The length of the shortest token that the rule knows; 1 where its matches are no single runs. */
    int shortest() {
        return shortest;
    }

    /** Follows the rule's matches. The outline is made when the rule's keyword is first seen: most never are. */
    OpenMatches follow() {
        if (outline == null) {
            outline = Outline.of(rule.value());
        }
        return outline.follow(rule.reach());
    }

    /** Adds a finding for each secret of the match, unless one of them is no secret; whether it added any. */
    boolean judge(Matcher matcher, int offset, List<Finding> found) {
        if (!matcher.group().contains(rule.needs())) {
            return false;
        }
        List<Finding> secrets = new ArrayList<>();
        for (int group = Math.min(1, matcher.groupCount()); group <= matcher.groupCount(); group++) {
            if (matcher.start(group) >= 0) {
                String value = matcher.group(group);
                if (!plausible(value) || rule.checks().stream().anyMatch(check -> check.decides() && !check.passes(value))) {
                    return false;
                }
                secrets.add(new Finding(DETECTOR, rule.id(), score(value), offset + matcher.start(group), offset + matcher.end(group)));
            }
        }
        return found.addAll(secrets);
    }

    private boolean plausible(String value) {
        boolean generated = !(rule.anchor() instanceof Anchor.Near) || Randomness.count(value, Character::isDigit) > 0
                || Randomness.looksGenerated(value);
        return generated && Randomness.entropy(value) >= rule.entropy() && !DummyValues.isDummy(value);
    }

    private double score(String value) {
        if (rule.checks().isEmpty()) {
            return rule.score();
        }
        return rule.checks().stream().allMatch(check -> check.passes(value)) ? CHECKED : rule.score() - UNCHECKED_LOSS;
    }
}
