package dev.gatehouse.text.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A coarse automaton of a RE2 pattern: it goes on wherever the pattern may, and maybe where the pattern would not. RE2/J does not say
 * whether a match could still grow; this says it, erring towards yes. Anchors and word borders are taken as met, a high count as any,
 * a character beyond ASCII as one of every class. Immutable.
 *
 * <p>K. Thompson, "Regular expression search algorithm", CACM 11(6), 1968.
 */
public final class Outline {

    private static final int HIGHEST_COUNT = 64;
    private static final int COARSE_COUNT = 2;

    /** By state: the characters that lead on, the state they lead to; those of the states reached without one that have characters. */
    private final Characters[] characters;
    private final int[] next;
    private final int[][] reached;
    private final boolean[][] grouped;
    private final boolean[] accepts;
    private final int start;
    private final Characters first;
    private final boolean border;

    private Outline(OutlineBuilder built, int start, boolean border) {
        this.border = border;
        characters = built.characters.toArray(Characters[]::new);
        next = built.next.stream().mapToInt(i -> i).toArray();
        reached = new int[next.length][];
        grouped = new boolean[next.length][];
        accepts = new boolean[next.length];
        this.start = start;
        for (int state = 0; state < next.length; state++) {
            reach(state, built);
        }
        first = Arrays.stream(reached[start]).mapToObj(state -> characters[state]).reduce(new Characters(0, 0, false, false), Characters::or);
    }

    /** An automaton of a pattern that compiles. */
    public static Outline of(Pattern pattern) {
        return of(List.of(pattern), HIGHEST_COUNT);
    }

    /** A small one of several patterns, which reads counts above two as any. */
    public static Outline ofAny(List<Pattern> patterns) {
        return of(patterns, COARSE_COUNT);
    }

    private static Outline of(List<Pattern> patterns, int highestCount) {
        OutlineBuilder builder = new OutlineBuilder();
        try {
            int[] starts = patterns.stream().mapToInt(pattern -> start(builder, pattern, highestCount)).toArray();
            return new Outline(builder, builder.fork(starts), patterns.stream().allMatch(Outline::beginsAtBorder));
        } catch (OutlineBuilder.TooLarge | IndexOutOfBoundsException | NumberFormatException | PatternSyntaxException notUnderstood) {
            OutlineBuilder anything = new OutlineBuilder();
            return new Outline(anything, anything.mark(anything.loop()), false);
        }
    }

    /** What a pattern finds is what its groups match: it begins where the first of them does; without groups, where the match does. */
    private static int start(OutlineBuilder builder, Pattern pattern, int highestCount) {
        String flags = ((pattern.flags() & Pattern.CASE_INSENSITIVE) != 0 ? "i" : "") + ((pattern.flags() & Pattern.DOTALL) != 0 ? "s" : "");
        int start = new OutlineReader(builder, pattern.pattern(), flags, highestCount).read();
        return pattern.groupCount() == 0 ? builder.mark(start) : start;
    }

    /** Follows the matches of this outline. @param longest match that is followed, in characters */
    public OpenMatches follow(int longest) {
        return new OpenMatches(this, longest);
    }

    int states() {
        return next.length;
    }

    int start() {
        return start;
    }

    /** Whether a match may begin with the character after the one before it; of word borders, that at the pattern's start is kept. */
    boolean mayBegin(char before, char c) {
        return first.has(c) && !(border && isWord(before) && isWord(c));
    }

    /** A letter, digit or underscore, as RE2's word border knows them: ASCII. */
    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** Whether every match does: a border comes first, and no alternative stands beside it. */
    private static boolean beginsAtBorder(Pattern pattern) {
        String regex = pattern.pattern().startsWith("(?i)") ? pattern.pattern().substring(4) : pattern.pattern();
        return regex.startsWith("\\b") && !hasAlternatives(regex);
    }

    /** Whether a bar stands outside groups and classes; a bar in a quotation counts too. */
    private static boolean hasAlternatives(String regex) {
        int depth = 0;
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else {
                inClass = c == '[';
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (c == '|' && depth == 0 || regex.startsWith("[]", i) || regex.startsWith("[^]", i) || regex.startsWith("[[", i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The state after a character, or -1. */
    int step(int state, char c) {
        return characters[state].has(c) ? next[state] : -1;
    }

    /** The states with characters that are reached from one without any, itself among them. */
    int[] reached(int state) {
        return reached[state];
    }

    /** For each of the reached: whether a group may begin on the way, or at it. */
    boolean[] grouped(int state) {
        return grouped[state];
    }

    /** Whether what the pattern asks for has come when a state is reached. */
    boolean accepts(int state) {
        return accepts[state];
    }

    private void reach(int from, OutlineBuilder built) {
        BitSet plain = new BitSet();
        BitSet marked = new BitSet();
        spread(from, built.marks.get(from), built, plain, marked);
        BitSet all = (BitSet) plain.clone();
        all.or(marked);
        accepts[from] = all.get(OutlineBuilder.ACCEPTING);
        reached[from] = all.stream().filter(state -> next[state] >= 0).toArray();
        grouped[from] = new boolean[reached[from].length];
        for (int i = 0; i < reached[from].length; i++) {
            grouped[from][i] = marked.get(reached[from][i]);
        }
    }

    /** Goes to all states that are reached without a character; to one twice, if there is a way through a group's begin and one beside. */
    private static void spread(int from, boolean fromMark, OutlineBuilder built, BitSet plain, BitSet marked) {
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(fromMark ? ~from : from));
        (fromMark ? marked : plain).set(from);
        while (!open.isEmpty()) {
            int entry = open.remove();
            for (int to : built.free.get(entry < 0 ? ~entry : entry)) {
                boolean mark = entry < 0 || built.marks.get(to);
                BitSet seen = mark ? marked : plain;
                if (!seen.get(to)) {
                    seen.set(to);
                    open.add(mark ? ~to : to);
                }
            }
        }
    }
}
