package dev.gatehouse.text.pattern;

import com.google.re2j.Matcher;
import dev.gatehouse.text.stream.GrowingText;

/**
 * The matches of one pattern in one growing text, from left to right, none overlapping another, each given when nothing that comes can
 * change it. RE2/J runs only where the pattern's outline says that a match has ended. Not thread-safe.
 */
public final class Matches {

    /** A word border looks at one character before the match, which may be a pair. */
    public static final int LOOK_BEHIND = 2;

    private final BoundedPattern pattern;
    private final GrowingText text;
    private final OpenMatches open;
    private int read;
    private int from;

    /** A match; its groups' starts and ends by number, -1 where one took no part. */
    public record Match(int[] starts, int[] ends) {

        public int start() {
            return starts[0];
        }

        public int end() {
            return ends[0];
        }
    }

    Matches(BoundedPattern pattern, GrowingText text) {
        this.pattern = pattern;
        this.text = text;
        open = pattern.openMatches();
        read = text.length();
        from = read;
    }

    /** The next match, or null if none is certain yet. */
    public Match next() {
        for (int length = text.length(); read < length; read++) {
            open.read(text.charAt(read), read);
        }
        int decided = settled();
        while (open.accepted() < decided || text.ended() && open.accepted() != OpenMatches.NONE) {
            int base = Math.max(text.base(), from - LOOK_BEHIND);
            String window = text.substring(base, text.length());
            Matcher matcher = pattern.pattern().matcher(window);
            if (!matcher.find(from - base)) {
                open.noneAccepted();
                break;
            }
            if (base + matcher.start() >= decided) {
                open.knownBefore(decided);
                break;
            }
            Match match = bounded(matcher, base, window);
            if (match != null) {
                return match;
            }
        }
        from = Math.max(from, decided);
        return null;
    }

    /** Whatever match is given later starts here or after. */
    public int settled() {
        return text.ended() ? text.length() : Math.min(text.length(), open.open());
    }

    /** Whatever group is given later of a match starts here or after; for patterns whose groups are what is found. */
    public int groupsSettled() {
        return text.ended() ? text.length() : Math.min(text.length(), open.group());
    }

    /** The match, cut if it is too long; null if none is left, and the search goes on after its start. */
    private Match bounded(Matcher matcher, int base, String window) {
        int start = matcher.start();
        Matcher fitting = matcher;
        boolean fits = matcher.end() - start <= pattern.longest();
        if (!fits) {
            fitting = pattern.pattern().matcher(window.substring(0, start + pattern.longest()));
            fits = fitting.find(start) && fitting.start() == start;
        }
        from = base + (fits && fitting.end() > start ? fitting.end() : start + Character.charCount(window.codePointAt(start)));
        return fits && fitting.end() > start ? match(fitting, base) : null;
    }

    private static Match match(Matcher matcher, int base) {
        int[] starts = new int[matcher.groupCount() + 1];
        int[] ends = new int[starts.length];
        for (int group = 0; group < starts.length; group++) {
            starts[group] = matcher.start(group) < 0 ? -1 : base + matcher.start(group);
            ends[group] = matcher.end(group) < 0 ? -1 : base + matcher.end(group);
        }
        return new Match(starts, ends);
    }
}
