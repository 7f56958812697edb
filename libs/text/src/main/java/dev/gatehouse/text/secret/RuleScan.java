package dev.gatehouse.text.secret;

import com.google.re2j.Matcher;
import dev.gatehouse.text.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs one rule in the windows that its keyword hits open, and judges what its pattern matches. */
final class RuleScan {

    private static final String DETECTOR = "secret";
    private static final double CHECKED = 0.99;
    private static final double UNCHECKED_LOSS = 0.15;
    private static final double LOOSE_LOSS = 0.2;

    private final SecretRule rule;
    private final boolean run;
    private final int shortest;

    RuleScan(SecretRule rule) {
        this.rule = rule;
        run = PatternLength.isRun(rule.value().pattern());
        shortest = run ? PatternLength.shortest(rule.value().pattern()) : 1;
    }

    SecretRule rule() {
        return rule;
    }

    /**
     * @param spots where the rule's keywords occur, by start
     * @param roles where role words occur, by start
     */
    List<Finding> scan(String text, List<Spot> spots, List<Spot> roles) {
        return switch (rule.anchor()) {
            case Anchor.Prefix ignored -> prefixed(text, spots);
            case Anchor.Inside inside -> around(text, spots, inside.before());
            case Anchor.Near near -> near(text, spots, roles, near);
        };
    }

    private List<Finding> prefixed(String text, List<Spot> spots) {
        List<Finding> found = new ArrayList<>();
        int covered = 0;
        for (Spot spot : spots) {
            if (spot.start() >= covered && Edges.startsAt(text, spot.start()) && mayMatch(text, spot, 0)) {
                Matcher matcher = matcher(text, spot.start(), spot.start() + rule.reach());
                if (matcher.lookingAt() && Edges.endsAt(text, spot.start() + matcher.end())) {
                    covered = spot.start() + matcher.end();
                    judge(text, matcher, spot.start(), found);
                }
            }
        }
        return found;
    }

    private List<Finding> around(String text, List<Spot> spots, int before) {
        List<Finding> found = new ArrayList<>();
        int covered = 0;
        for (Spot spot : spots) {
            if (spot.start() >= covered && mayMatch(text, spot, before)) {
                int from = Math.max(covered, spot.start() - before);
                Matcher matcher = matcher(text, from, spot.end() + rule.reach());
                if (matcher.find()) {
                    covered = from + matcher.end();
                    judge(text, matcher, from, found);
                }
            }
        }
        return found;
    }

    /** Windows of neighbouring hits are joined first, so that no part of the text is searched twice for one rule. */
    private List<Finding> near(String text, List<Spot> spots, List<Spot> roles, Anchor.Near near) {
        List<Finding> found = new ArrayList<>();
        List<Spot> words = spots.stream().filter(spot -> Edges.wordStartsAt(text, spot.start())).toList();
        int first = 0;
        for (int i = 1; i <= words.size(); i++) {
            if (i == words.size() || words.get(i).end() > words.get(i - 1).end() + near.within()) {
                NearContext context = new NearContext(words.subList(first, i), roles, near);
                searchWindow(text, words.get(first).end(), words.get(i - 1).end() + near.within(), context, found);
                first = i;
            }
        }
        return found;
    }

    private void searchWindow(String text, int from, int lastStart, NearContext context, List<Finding> found) {
        List<Spot> roles = context.rolesBefore(lastStart);
        if (context.near().role() && roles.isEmpty()) {
            return;
        }
        int to = Math.min(text.length(), lastStart + rule.reach());
        boolean exact = Runs.hasRun(text, from, Math.min(to, lastStart + shortest), shortest)
                && searchExact(text, from, to, lastStart, context, found);
        if (!exact && context.near().role() && rule.kind() == SecretRule.Kind.PROVIDER) {
            roles.stream().map(role -> LooseToken.after(text, role, shortest)).filter(Objects::nonNull).findFirst()
                    .ifPresent(token -> found.add(new Finding(DETECTOR, rule.id(), rule.score() - LOOSE_LOSS, token.start(), token.end())));
        }
    }

    private boolean searchExact(String text, int from, int to, int lastStart, NearContext context, List<Finding> found) {
        boolean any = false;
        Matcher matcher = matcher(text, from, to);
        int at = 0;
        while (at <= to - from && matcher.find(at) && from + matcher.start() <= lastStart) {
            boolean secret = Edges.startsAt(text, from + matcher.start()) && Edges.endsAt(text, from + matcher.end())
                    && context.holds(from + matcher.start()) && judge(text, matcher, from, found);
            any |= secret;
            at = secret ? Math.max(matcher.end(), at + 1) : matcher.start() + 1;
        }
        return any;
    }

    private boolean mayMatch(String text, Spot spot, int before) {
        boolean needed = rule.needs().isEmpty() || text.indexOf(rule.needs(), Math.max(0, spot.start() - before),
                Math.min(text.length(), spot.end() + rule.reach())) >= 0;
        return needed && (!run || Runs.hasRunAround(text, spot.start(), before, shortest));
    }

    private Matcher matcher(String text, int from, int to) {
        return rule.value().matcher(text.substring(from, Math.min(text.length(), to)));
    }

    /** Adds a finding for each secret of the match, unless one of them is no secret. */
    private boolean judge(String text, Matcher matcher, int offset, List<Finding> found) {
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
