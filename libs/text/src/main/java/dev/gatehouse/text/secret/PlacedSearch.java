package dev.gatehouse.text.secret;

import com.google.re2j.Matcher;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.pattern.OpenMatches;
import dev.gatehouse.text.stream.GrowingText;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Looks for matches that have their keyword inside or begin with it. Keywords are taken one after the other: which of them a match
 * covers is known when it is.
 */
final class PlacedSearch implements Search {

    private static final int LONGEST_KEYWORD = 64;

    private final RuleMatch rule;
    private final GrowingText text;
    private final int before;
    private final boolean prefix;
    private final ArrayDeque<Spot> spots = new ArrayDeque<>();
    private OpenMatches open;
    private int from;
    private int read;
    private int covered;

    /** @param before how far before the keyword a match may begin @param prefix whether it begins with the keyword, as a token */
    PlacedSearch(RuleMatch rule, GrowingText text, int before, boolean prefix) {
        this.rule = rule;
        this.text = text;
        this.before = before;
        this.prefix = prefix;
    }

    @Override
    public void keyword(Spot spot) {
        if (!prefix || Edges.startsAt(text, spot.start())) {
            spots.add(spot);
        }
    }

    @Override
    public void read(List<Finding> found) {
        while (!spots.isEmpty()) {
            Spot spot = spots.peek();
            if (spot.start() >= covered) {
                follow(spot);
                if (mayGoOn(spot)) {
                    return;
                }
                decide(spot, found);
            }
            open = null;
            spots.remove();
        }
    }

    @Override
    public int settled() {
        if (spots.isEmpty()) {
            return text.length();
        }
        int group = open == null ? OpenMatches.NONE : open.group();
        int waiting = spots.size() > 1 ? secondFrom() : OpenMatches.NONE;
        return Math.min(Math.min(group, waiting), text.length());
    }

    @Override
    public int needed() {
        Spot first = spots.peek();
        return first == null ? text.length() : open == null ? first.start() - before : from;
    }

    @Override
    public boolean isIdle() {
        return spots.isEmpty() && text.length() > covered + LONGEST_KEYWORD;
    }

    private int secondFrom() {
        return spots.stream().skip(1).mapToInt(spot -> Math.max(covered, spot.start() - before)).min().orElseThrow();
    }

    private void follow(Spot spot) {
        if (open == null) {
            open = rule.follow();
            from = Math.max(text.base(), Math.max(covered, spot.start() - before));
            read = from;
        }
        int end = Math.min(text.length(), limit(spot));
        for (; read < end && (read <= lastStart(spot) || open.isOpen()); read++) {
            if (read <= lastStart(spot)) {
                open.read(text.charAt(read), read);
            } else {
                open.goOn(text.charAt(read), read);
            }
        }
    }

    private int lastStart(Spot spot) {
        return prefix || before == 0 ? spot.start() : spot.end() - 1;
    }

    private int limit(Spot spot) {
        return prefix ? spot.start() + rule.rule().reach() : spot.end() + rule.rule().reach();
    }

    /** Whether what comes may change which match there is; the character after it tells whether it is whole. */
    private boolean mayGoOn(Spot spot) {
        boolean atEnd = read == text.length() && open.open() != OpenMatches.NONE;
        return !text.ended() && atEnd;
    }

    private void decide(Spot spot, List<Finding> found) {
        if (open.accepted() == OpenMatches.NONE) {
            return;
        }
        Matcher matcher = rule.rule().value().matcher(text.substring(from, Math.min(text.length(), limit(spot))));
        if (!(prefix ? matcher.lookingAt() : matcher.find())) {
            return;
        }
        boolean stands = from + matcher.start() <= lastStart(spot) && (!prefix || Edges.endsAt(text, from + matcher.end()));
        if (stands) {
            covered = from + matcher.end();
            rule.judge(matcher, from, found);
        }
    }
}
