package dev.gatehouse.exchange;

import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads placeholders as models write them: {@code [EMAIL_1]} in any case, with other or no separators, with white space or emphasis
 * inside the brackets, with brackets of East Asian widths, and escaped for Markdown, HTML, JSON or URLs. What a placeholder stands for
 * is its letters and digits alone, its key: {@code EMAIL1}. Linear in what it reads, and it reads little: no more than
 * {@value #MAX_LENGTH} characters from where a placeholder begins.
 */
public final class PlaceholderSpelling {

    /** The longest spelling that is read, in characters. */
    public static final int MAX_LENGTH = 320;

    /** How the text around a placeholder is escaped, seen by its opening bracket. */
    public enum Escaping {
        /** Not, or with backslashes before signs, as in Markdown. */ NONE,
        /** {@code &#91;EMAIL_1&#93;} */ HTML,
        /** {@code %5BEMAIL_1%5D} */ PERCENT,
        /** {@code \u005bEMAIL_1\u005d} */ JSON
    }

    /** What stands at a place of a text. */
    public sealed interface Reading {
        /** No placeholder. */
        record None() implements Reading {}

        /** The text ends inside what may be one. */
        record Open() implements Reading {}

        /**
         * One.
         *
         * @param end offset after it
         * @param key its letters and digits, in upper case
         */
        record Found(int end, String key, Escaping escaping) implements Reading {}
    }

    /** One sign, however it is written; {@code next} is 0 where there is none, and {@link #CUT} where the text ends inside it. */
    private record Sign(char sign, int next, Escaping escaping) {
        static final Sign NO = new Sign('\0', 0, Escaping.NONE);
        static final Sign OPEN = new Sign('\0', CUT, Escaping.NONE);
    }

    private static final int CUT = -1;
    private static final int MAX_FILLERS = 4;
    private static final int MAX_BACKSLASHES = 4;
    private static final int MAX_ENTITY = 10;
    private static final int MAX_KEY = 80;
    private static final String OPENING = "[\uFF3B\u3010";
    private static final String CLOSING = "]\uFF3D\u3011";
    private static final String FILLERS = "_- *`\u00A0\u200B\u200C\u200D\u2060\u2010\u2011";
    private static final String STARTS = OPENING + "\\&%";
    private static final Map<String, Character> ENTITIES = Map.ofEntries(
            Map.entry("lbrack", '['), Map.entry("lsqb", '['), Map.entry("rbrack", ']'), Map.entry("rsqb", ']'),
            Map.entry("lowbar", '_'), Map.entry("UnderBar", '_'), Map.entry("nbsp", '\u00A0'), Map.entry("ast", '*'),
            Map.entry("grave", '`'), Map.entry("hyphen", '\u2010'));
    private static final Reading NONE = new Reading.None();
    private static final Reading OPEN = new Reading.Open();

    private PlaceholderSpelling() {}

    /** The key of a placeholder as it is written by us. */
    public static String key(String placeholder) {
        StringBuilder key = new StringBuilder(placeholder.length());
        placeholder.chars().filter(PlaceholderSpelling::isKeySign).forEach(sign -> key.append(upper((char) sign)));
        return key.toString();
    }

    /** Whether a placeholder may begin with that character. */
    public static boolean mayStart(char c) {
        return STARTS.indexOf(c) >= 0;
    }

    /**
     * Reads what begins at an offset.
     *
     * @param last   whether the text goes no further, so that nothing is open
     * @param prefix whether some key that is looked for begins like that, or is that
     */
    public static Reading read(CharSequence text, int at, boolean last, Predicate<String> prefix) {
        Sign opening = sign(text, at, last);
        if (opening.next <= 0 || OPENING.indexOf(opening.sign) < 0) {
            return opening.next == CUT ? OPEN : NONE;
        }
        int limit = Math.min(text.length(), at + MAX_LENGTH);
        StringBuilder key = new StringBuilder();
        int fillers = 0;
        int next = opening.next;
        while (next < limit) {
            Sign sign = sign(text, next, last);
            if (sign.next <= 0) {
                return sign.next == CUT ? OPEN : NONE;
            }
            next = sign.next;
            if (CLOSING.indexOf(sign.sign) >= 0) {
                return key.isEmpty() ? NONE : new Reading.Found(next, key.toString(), opening.escaping);
            }
            fillers = FILLERS.indexOf(sign.sign) >= 0 ? fillers + 1 : 0;
            boolean goesOn = fillers > 0 ? fillers <= MAX_FILLERS : isKeySign(sign.sign) && key.length() < MAX_KEY;
            if (!goesOn || fillers == 0 && !prefix.test(key.append(upper(sign.sign)).toString())) {
                return NONE;
            }
        }
        return last || next - at >= MAX_LENGTH ? NONE : OPEN;
    }

    private static boolean isKeySign(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }

    private static Sign sign(CharSequence text, int at, boolean last) {
        Sign sign = switch (text.charAt(at)) {
            case '\\' -> backslashed(text, at);
            case '&' -> entity(text, at);
            case '%' -> percent(text, at);
            default -> new Sign(text.charAt(at), at + 1, Escaping.NONE);
        };
        return last && sign.next == CUT ? Sign.NO : sign;
    }

    private static Sign backslashed(CharSequence text, int at) {
        int next = at;
        while (next < text.length() && text.charAt(next) == '\\' && next - at <= MAX_BACKSLASHES) {
            next++;
        }
        if (next == text.length()) {
            return next - at > MAX_BACKSLASHES ? Sign.NO : Sign.OPEN;
        }
        return text.charAt(next) == 'u' ? hexSign(text, next + 1, 4, Escaping.JSON) : new Sign(text.charAt(next), next + 1, Escaping.NONE);
    }

    private static Sign percent(CharSequence text, int at) {
        return hexSign(text, at + 1, 2, Escaping.PERCENT);
    }

    private static Sign hexSign(CharSequence text, int from, int digits, Escaping escaping) {
        int value = 0;
        for (int at = from; at < from + digits; at++) {
            if (at == text.length()) {
                return Sign.OPEN;
            }
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0) {
                return Sign.NO;
            }
            value = value << 4 | digit;
        }
        return new Sign((char) value, from + digits, escaping);
    }

    private static Sign entity(CharSequence text, int at) {
        for (int end = at + 1; end < at + MAX_ENTITY; end++) {
            if (end == text.length()) {
                return Sign.OPEN;
            }
            char c = text.charAt(end);
            if (c == ';') {
                return named(text.subSequence(at + 1, end).toString(), end + 1);
            }
            if (!isKeySign(c) && !(c == '#' && end == at + 1)) {
                return Sign.NO;
            }
        }
        return Sign.NO;
    }

    private static Sign named(String name, int next) {
        Character known = name.startsWith("#") ? numbered(name.substring(1)) : ENTITIES.get(name);
        return known == null ? Sign.NO : new Sign(known, next, Escaping.HTML);
    }

    private static Character numbered(String number) {
        boolean hex = number.startsWith("x") || number.startsWith("X");
        try {
            int value = hex ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
            return value > 0 && value <= Character.MAX_VALUE ? Character.valueOf((char) value) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
