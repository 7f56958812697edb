package dev.gatehouse.text.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private static final int MOST_STATES = 4000;
    private static final int ASCII = 128;
    /** Any, negation, properties, numbers, and what is not ASCII itself. */
    private static final Pattern OTHERS = Pattern.compile("^(\\(\\?[is]+\\))?\\.$|\\(\\?s:|\\[\\^|\\[:\\^|\\\\[pPxDWS0-7]|[^\\x00-\\x7F]");

    /** By state: the characters that lead on, the state they lead to; those of the states reached without one that have characters. */
    private final Characters[] characters;
    private final int[] next;
    private final int[][] reached;
    private final boolean[][] grouped;
    private final boolean[] accepts;
    private final int start;
    private final Characters first;
    private final boolean border;

    /**
     * @param low    ASCII 0 to 63, a bit each
     * @param high   64 to 127
     * @param others whether characters beyond ASCII are among them
     * @param folds  whether those are that fold to an ASCII letter
     */
    private record Characters(long low, long high, boolean others, boolean folds) {
        private static final Characters ALL = new Characters(-1, -1, true, true);
        private static final char LONG_S = '\u017F';
        private static final char KELVIN = '\u212A';

        Characters or(Characters more) {
            return new Characters(low | more.low, high | more.high, others || more.others, folds || more.folds);
        }

        boolean has(char c) {
            return c < 64 ? (low >> c & 1) != 0 : c < ASCII ? (high >> c - 64 & 1) != 0 : others || folds && (c == LONG_S || c == KELVIN);
        }
    }

    private Outline(Builder built, int start, boolean border) {
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
        Builder builder = new Builder();
        try {
            int[] starts = patterns.stream().mapToInt(pattern -> start(builder, pattern, highestCount)).toArray();
            return new Outline(builder, builder.fork(starts), patterns.stream().allMatch(Outline::beginsAtBorder));
        } catch (TooLarge | IndexOutOfBoundsException | NumberFormatException | PatternSyntaxException notUnderstood) {
            Builder anything = new Builder();
            return new Outline(anything, anything.mark(anything.loop()), false);
        }
    }

    /** What a pattern finds is what its groups match: it begins where the first of them does; without groups, where the match does. */
    private static int start(Builder builder, Pattern pattern, int highestCount) {
        String flags = ((pattern.flags() & Pattern.CASE_INSENSITIVE) != 0 ? "i" : "") + ((pattern.flags() & Pattern.DOTALL) != 0 ? "s" : "");
        int start = new Reader(builder, pattern.pattern(), flags, highestCount).read();
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

    private void reach(int from, Builder built) {
        BitSet plain = new BitSet();
        BitSet marked = new BitSet();
        spread(from, built.marks.get(from), built, plain, marked);
        BitSet all = (BitSet) plain.clone();
        all.or(marked);
        accepts[from] = all.get(Builder.ACCEPTING);
        reached[from] = all.stream().filter(state -> next[state] >= 0).toArray();
        grouped[from] = new boolean[reached[from].length];
        for (int i = 0; i < reached[from].length; i++) {
            grouped[from][i] = marked.get(reached[from][i]);
        }
    }

    /** Goes to all states that are reached without a character; to one twice, if there is a way through a group's begin and one beside. */
    private static void spread(int from, boolean fromMark, Builder built, BitSet plain, BitSet marked) {
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

    /** Signals a pattern whose automaton would be too large. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The states under construction. */
    private static final class Builder {
        static final int ACCEPTING = 0;

        private final List<Characters> characters = new ArrayList<>();
        private final List<Integer> next = new ArrayList<>();
        private final List<int[]> free = new ArrayList<>();
        private final List<Boolean> marks = new ArrayList<>();

        Builder() {
            state(new Characters(0, 0, false, false), -1);
        }

        int state(Characters leadingOn, int to, int... freely) {
            if (next.size() == MOST_STATES) {
                throw new TooLarge();
            }
            characters.add(leadingOn);
            next.add(to);
            free.add(freely);
            marks.add(false);
            return next.size() - 1;
        }

        /** A state where a group begins. */
        int mark(int to) {
            int mark = fork(to);
            marks.set(mark, true);
            return mark;
        }

        int fork(int... to) {
            return state(characters.getFirst(), -1, to);
        }

        void relink(int fork, int... to) {
            free.set(fork, to);
        }

        int loop() {
            return state(Characters.ALL, next.size(), ACCEPTING);
        }
    }

    /** Reads the pattern's syntax. Building goes from the end to the start, so pieces are read first and linked after. */
    private static final class Reader {
        private final Map<String, Characters> known = new HashMap<>();
        private final Builder builder;
        private final String regex;
        private final int highestCount;
        private int at;
        private String flags;

        Reader(Builder builder, String regex, String flags, int highestCount) {
            this.builder = builder;
            this.regex = regex;
            this.flags = flags;
            this.highestCount = highestCount;
        }

        /** A piece of the pattern: links itself before a state and returns where it begins. */
        private interface Piece {
            int before(int to);
        }

        int read() {
            Piece all = alternatives();
            if (at < regex.length()) {
                throw new IndexOutOfBoundsException();
            }
            return all.before(Builder.ACCEPTING);
        }

        private Piece alternatives() {
            String outer = flags;
            List<Piece> choices = new ArrayList<>(List.of(sequence()));
            while (peek() == '|') {
                at++;
                choices.add(sequence());
            }
            flags = outer;
            return choices.size() == 1 ? choices.getFirst()
                    : to -> builder.fork(choices.stream().mapToInt(choice -> choice.before(to)).toArray());
        }

        private Piece sequence() {
            List<Piece> pieces = new ArrayList<>();
            while (at < regex.length() && peek() != '|' && peek() != ')') {
                pieces.add(repeated(piece()));
            }
            return to -> {
                int state = to;
                for (Piece piece : pieces.reversed()) {
                    state = piece.before(state);
                }
                return state;
            };
        }

        private Piece piece() {
            int from = at;
            char c = regex.charAt(at++);
            return switch (c) {
                case '(' -> group();
                case '[' -> charClass(from);
                case '\\' -> escape(from);
                case '^', '$' -> to -> to;
                case '.' -> characters(".");
                default -> literal(from);
            };
        }

        private Piece literal(int from) {
            at = from + Character.charCount(regex.codePointAt(from));
            return characters(Pattern.quote(regex.substring(from, at)));
        }

        private Piece group() {
            String outer = flags;
            boolean captures = peek() != '?';
            if (!captures) {
                int end = at + 1;
                while (regex.charAt(end) != ':' && regex.charAt(end) != ')' && regex.charAt(end) != '<') {
                    end++;
                }
                if (regex.charAt(end) == '<') {
                    captures = true;
                    at = regex.indexOf('>', end) + 1;
                } else {
                    turn(regex.substring(at + 1, end));
                    at = end + 1;
                    if (regex.charAt(end) == ')') {
                        return to -> to;
                    }
                }
            }
            Piece inner = alternatives();
            at++;
            flags = outer;
            return captures ? to -> builder.mark(inner.before(to)) : inner;
        }

        private void turn(String change) {
            boolean on = true;
            for (char flag : change.toCharArray()) {
                on &= flag != '-';
                String without = flags.replace(String.valueOf(flag), "");
                flags = flag == '-' ? flags : on ? without + flag : without;
            }
        }

        private Piece charClass(int from) {
            at += peek() == '^' ? 1 : 0;
            at += peek() == ']' ? 1 : 0;
            while (peek() != ']') {
                if (regex.startsWith("[:", at)) {
                    at = regex.indexOf(":]", at) + 2;
                } else {
                    at += peek() == '\\' ? escapeLength() : 1;
                }
            }
            at++;
            return characters(regex.substring(from, at));
        }

        private Piece escape(int from) {
            char c = regex.charAt(at);
            if (c == 'Q') {
                return quoted();
            }
            at = from;
            at += escapeLength();
            if ("AzbBZ".indexOf(c) >= 0) {
                return to -> to;
            }
            return characters(c == 'C' ? "(?s:.)" : regex.substring(from, at));
        }

        private int escapeLength() {
            char c = regex.charAt(at + 1);
            int end = at + 2;
            if ("pPx".indexOf(c) >= 0) {
                end = regex.charAt(end) == '{' ? regex.indexOf('}', end) + 1 : end + (c == 'x' ? 2 : 1);
            } else if (c >= '0' && c <= '7') {
                while (end < Math.min(regex.length(), at + 4) && regex.charAt(end) >= '0' && regex.charAt(end) <= '7') {
                    end++;
                }
            }
            return end - at;
        }

        private Piece quoted() {
            int end = regex.indexOf("\\E", at);
            String text = regex.substring(at + 1, end < 0 ? regex.length() : end);
            at = end < 0 ? regex.length() : end + 2;
            String escaped = Pattern.quote(text);
            return new Reader(builder, escaped, flags, highestCount).sequence();
        }

        private Piece repeated(Piece piece) {
            Piece repeated = piece;
            for (boolean more = true; more; ) {
                char c = at < regex.length() ? peek() : 0;
                more = c == '*' || c == '+' || c == '?' || c == '{' && counts() != null;
                if (more) {
                    repeated = repeated(repeated, c);
                    at += at < regex.length() && peek() == '?' ? 1 : 0;
                }
            }
            return repeated;
        }

        private Piece repeated(Piece piece, char sign) {
            if (sign == '{') {
                int[] counts = counts();
                at = regex.indexOf('}', at) + 1;
                return times(piece, counts[0], counts[1]);
            }
            at++;
            return sign == '?' ? optional(piece) : sign == '*' ? star(piece) : to -> piece.before(star(piece).before(to));
        }

        /** The least and the most of {@code {n}}, {@code {n,}} or {@code {n,m}}, the most being -1 for any; null if it is none of them. */
        private int[] counts() {
            int close = regex.indexOf('}', at);
            String inside = close < 0 ? "" : regex.substring(at + 1, close);
            if (!inside.matches("[0-9]+(,[0-9]*)?")) {
                return null;
            }
            String[] bounds = inside.split(",", -1);
            int least = Integer.parseInt(bounds[0]);
            return new int[] {least, bounds.length == 1 ? least : bounds[1].isEmpty() ? -1 : Integer.parseInt(bounds[1])};
        }

        private Piece times(Piece piece, int least, int most) {
            if (most < 0 || most > highestCount) {
                return least == 0 ? star(piece) : to -> piece.before(star(piece).before(to));
            }
            return to -> {
                int state = to;
                for (int i = least; i < most; i++) {
                    int rest = state;
                    state = builder.fork(piece.before(rest), to);
                }
                for (int i = 0; i < least; i++) {
                    state = piece.before(state);
                }
                return state;
            };
        }

        private Piece optional(Piece piece) {
            return to -> builder.fork(piece.before(to), to);
        }

        private Piece star(Piece piece) {
            return to -> {
                int loop = builder.fork(to);
                builder.relink(loop, piece.before(loop), to);
                return loop;
            };
        }

        private Piece characters(String token) {
            String on = flags.replaceAll("[^is]", "");
            Characters leadingOn = known.computeIfAbsent((on.isEmpty() ? "" : "(?" + on + ")") + token, Reader::ask);
            return to -> builder.state(leadingOn, to);
        }

        /** Which ASCII characters a token matches, asked of RE2/J itself; whether others do, guessed from how it is written. */
        private static Characters ask(String token) {
            Pattern pattern = Pattern.compile(token);
            long[] bits = new long[2];
            for (char c = 0; c < ASCII; c++) {
                bits[c >> 6] |= pattern.matches(String.valueOf(c)) ? 1L << (c & 63) : 0;
            }
            return new Characters(bits[0], bits[1], OTHERS.matcher(token).find(), token.matches("\\(\\?[is]*i[is]*\\).*"));
        }

        private char peek() {
            return at < regex.length() ? regex.charAt(at) : 0;
        }
    }
}
