package dev.gatehouse.router.signal;

import com.google.re2j.Pattern;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the look of a text tells. Linear in its length; the first {@value #MOST} characters are looked at. */
final class TextSigns {

    private static final int MOST = 20_000;
    private static final Pattern CODE = Pattern.compile(
            "```|(?m)^\\s{0,12}(?:def \\w+\\(|class \\w+|public |private |import \\w|from \\w+ import|#include|SELECT .+ FROM|function \\w*\\(|const \\w+ =|let \\w+ =|package \\w)"
                    + "|\\w+\\([^()\\n]*\\);|=>|\\w+::\\w+|</\\w+>|Traceback \\(most recent|NullPointerException|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)");
    private static final Pattern MATHS = Pattern.compile(
            "\\\\(?:frac|sum|int|sqrt|begin)|\\$[^$\\n]+\\$|\\b\\d+\\s*[-+*/^=]\\s*\\d+|\\b[a-z]\\^\\d|\\bd[xyt]/d[xyt]\\b|[\u2211\u222b\u221a\u2264\u2265\u2260\u03c0]");

    private TextSigns() {}

    static boolean hasCode(String text) {
        return CODE.matcher(head(text)).find();
    }

    static boolean hasMaths(String text) {
        return MATHS.matcher(head(text)).find();
    }

    /** The script of most of its letters, e.g. {@code latin}, {@code han}; {@code none} without letters. */
    static String script(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        head(text).codePoints().filter(Character::isLetter).forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
        return letters.entrySet().stream().max(Map.Entry.comparingByValue()).map(most -> most.getKey().name().toLowerCase(Locale.ROOT)).orElse("none");
    }

    private static String head(String text) {
        return text.length() > MOST ? text.substring(0, MOST) : text;
    }
}
