package dev.gatehouse.text.pattern;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a RE2 pattern's syntax into the states of an {@link Outline}. Building goes from the end to the start, so pieces are read first and linked after. */
final class OutlineReader {
    private static final int ASCII = 128;
    /** Any, negation, properties, numbers, and what is not ASCII itself. */
    private static final Pattern OTHERS = Pattern.compile("^(\\(\\?[is]+\\))?\\.$|\\(\\?s:|\\[\\^|\\[:\\^|\\\\[pPxDWS0-7]|[^\\x00-\\x7F]");

    private final Map<String, Characters> known = new HashMap<>();
    private final OutlineBuilder builder;
    private final String regex;
    private final int highestCount;
    private int at;
    private String flags;

    OutlineReader(OutlineBuilder builder, String regex, String flags, int highestCount) {
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
        return all.before(OutlineBuilder.ACCEPTING);
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
        return new OutlineReader(builder, escaped, flags, highestCount).sequence();
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
        Characters leadingOn = known.computeIfAbsent((on.isEmpty() ? "" : "(?" + on + ")") + token, OutlineReader::ask);
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
