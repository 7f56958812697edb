package dev.gatehouse.text.secret;

import com.google.re2j.Matcher;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.pattern.OpenMatches;
import dev.gatehouse.text.stream.GrowingText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Looks for values after a keyword: those of the rule's form, and generated values right after a role word. */
final class NearSearch implements Search {

    private static final double LOOSE_LOSS = 0.2;
    private static final int ROLE_BEFORE = 24;
    private static final int LONGEST_WORD = 48;

    private final RuleMatch rule;
    private final Anchor.Near near;
    private final GrowingText text;
    private final OpenMatches open;
    private final List<Word> words = new ArrayList<>();
    private final List<Spot> roles = new ArrayList<>();
    private final ArrayDeque<Spot> roleToRead = new ArrayDeque<>();
    private final int context;
    private int read;
    private int at;
    private int exactGroup = -1;
    private int looseGroup = -1;

    /** @param group start of the first of the keywords that follow each other closely */
    private record Word(Spot spot, int group) {
    }

    NearSearch(RuleMatch rule, GrowingText text, Anchor.Near near, List<Spot> recentRoles) {
        this.rule = rule;
        this.near = near;
        this.text = text;
        open = rule.follow();
        context = near.within() + LONGEST_WORD + ROLE_BEFORE;
        recentRoles.forEach(this::role);
    }

    @Override
    public void keyword(Spot spot) {
        if (!Edges.wordStartsAt(text, spot.start())) {
            return;
        }
        if (words.isEmpty()) {
            at = spot.end();
            read = spot.end();
        }
        boolean follows = !words.isEmpty() && spot.end() <= words.getLast().spot.end() + near.within();
        words.add(new Word(spot, follows ? words.getLast().group : spot.start()));
    }

    @Override
    public void role(Spot role) {
        if (near.role()) {
            roles.add(role);
            if (rule.rule().kind() == SecretRule.Kind.PROVIDER) {
                roleToRead.add(role);
            }
        }
    }

    @Override
    public void read(List<Finding> found) {
        if (words.isEmpty()) {
            read = text.length();
            roleToRead.removeIf(role -> role.end() + context < text.length());
            return;
        }
        follow();
        exact(found);
        loose(found);
        forget();
    }

    @Override
    public int settled() {
        int settled = Math.min(text.length(), open.group());
        Spot role = roleToRead.peek();
        return role == null || words.isEmpty() ? settled : Math.min(settled, LooseToken.openRun(text, role));
    }

    @Override
    public int needed() {
        return words.isEmpty() ? text.length() : at - 1;
    }

    @Override
    public boolean isIdle() {
        return words.isEmpty();
    }

    private void follow() {
        int word = 0;
        for (; read < text.length(); read++) {
            while (word + 1 < words.size() && words.get(word + 1).spot.end() <= read) {
                word++;
            }
            int end = words.get(word).spot.end();
            if (end <= read && read <= end + near.within()) {
                open.read(text.charAt(read), read);
            } else if (open.open() != OpenMatches.NONE) {
                open.goOn(text.charAt(read), read);
            }
        }
    }

    private void exact(List<Finding> found) {
        int decided = decided();
        while (open.accepted() < decided || text.ended() && open.accepted() != OpenMatches.NONE) {
            int base = Math.max(text.base(), at - 1);
            String window = text.substring(base, text.length());
            Matcher matcher = rule.rule().value().matcher(window);
            if (!matcher.find(at - base)) {
                open.noneAccepted();
                break;
            }
            int start = base + matcher.start();
            if (start >= decided) {
                open.knownBefore(decided);
                break;
            }
            at = judge(matcher, base, window, found);
        }
        at = Math.max(at, decided);
    }

    private int decided() {
        return text.ended() ? text.length() : Math.min(text.length(), open.open());
    }

    /** Where to go on: after the match if it is a secret, else after its first character. */
    private int judge(Matcher matcher, int base, String window, List<Finding> found) {
        int start = matcher.start();
        Matcher fitting = matcher;
        if (matcher.end() - start > rule.rule().reach()) {
            fitting = rule.rule().value().matcher(window.substring(0, start + rule.rule().reach()));
            if (!fitting.find(start) || fitting.start() != start) {
                return base + start + 1;
            }
        }
        Word word = wordOf(base + start);
        boolean secret = word != null && Edges.startsAt(text, base + start) && Edges.endsAt(text, base + fitting.end())
                && rule.judge(fitting, base, found);
        exactGroup = secret ? word.group : exactGroup;
        return secret ? base + Math.max(fitting.end(), start + 1) : base + start + 1;
    }

    /** A keyword that makes a value at a place the rule's, with a role word by it if the rule asks for one; or null. */
    private Word wordOf(int place) {
        for (Word word : words) {
            boolean near = word.spot.end() <= place && word.spot.end() + this.near.within() >= place;
            if (near && (!this.near.role() || hasRole(word.spot, place))) {
                return word;
            }
        }
        return null;
    }

    private boolean hasRole(Spot word, int place) {
        return Spot.startingIn(roles, word.start() - ROLE_BEFORE, place).stream().anyMatch(role -> isOutside(role, word));
    }

    /** Only one in a group of keywords, and none after a value of the rule's form. */
    private void loose(List<Finding> found) {
        while (!roleToRead.isEmpty()) {
            text.clearNotes();
            Spot role = roleToRead.peek();
            Spot token = LooseToken.after(text, role, rule.shortest());
            if (text.lookedBeyond() || token != null && at < token.end() && !text.ended()) {
                return;
            }
            roleToRead.remove();
            Word word = token == null ? null : wordBy(role, token);
            if (word != null && word.group != exactGroup && word.group != looseGroup) {
                looseGroup = word.group;
                found.add(new Finding(RuleMatch.DETECTOR, rule.rule().id(), rule.rule().score() - LOOSE_LOSS, token.start(), token.end()));
            }
        }
    }

    private Word wordBy(Spot role, Spot token) {
        int from = role.start() - near.within() - LONGEST_WORD;
        for (Word word : words) {
            boolean by = word.spot.start() >= from && word.spot.start() < role.start() + ROLE_BEFORE && word.spot.end() <= token.start();
            if (by && isOutside(role, word.spot)) {
                return word;
            }
        }
        return null;
    }

    private static boolean isOutside(Spot role, Spot word) {
        return role.end() <= word.start() || role.start() >= word.end();
    }

    private void forget() {
        int oldest = roleToRead.isEmpty() ? at : Math.min(at, roleToRead.peek().start());
        words.removeIf(word -> word.spot.end() + context < oldest);
        roles.removeIf(role -> role.end() + 2 * context < oldest);
    }
}
