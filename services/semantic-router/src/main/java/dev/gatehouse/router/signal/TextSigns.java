package dev.gatehouse.router.signal;

import com.google.re2j.Pattern;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the look of a text tells. Linear in its length; the first {@value #MOST} characters are looked at. */
final class TextSigns {

    private static final int MOST = 20_000;
    private static final Pattern CODE = any(
            "```",
            "(?m)^[ \\t>]{0,12}(?:def \\w+\\(|class \\w+ ?[:({]|package [\\w.]+;|(?:const|let|var) \\w+ ?=|#include ?[<\"]|#!/)",
            "(?m)^[ \\t>]{0,12}(?:public|private|protected) (?:static|final|abstract|class|interface|record|enum|void|\\w+ \\w+ ?[(;=])",
            "(?m)^[ \\t>]{0,12}(?:import [\\w.]+;|import \\w+(?:\\.\\w+)*(?: as \\w+)?\\n|import \\{|import \\w+ from ['\"]|from [\\w.]+ import \\w)",
            "(?m)^[ \\t>]{0,12}(?:CREATE TABLE |INSERT INTO |\\$ (?:git|npm|pip|docker|kubectl|curl) )",
            "\\bSELECT [\\w*(][^\\n;]* FROM \\w|\\bselect \\* from \\w",
            "\\bdef \\w+\\([\\w, =:]*\\):|\\bfunction ?\\w*\\([\\w, ]*\\)|\\([\\w, ]*\\) ?=> ?|\\b(?:if|for|while) ?\\([^\\n]*\\) ?\\{",
            "\\w+\\([^()\\n]*\\);|\\bprint(?:f|ln)?\\(|\\b[A-Za-z_]\\w*\\.[a-z_]\\w*\\([^\\n]*\\)|\\b[A-Za-z_]\\w*::[A-Za-z_]\\w*|</[a-z]\\w*>",
            "[\\w)\\]] ?(?:==|!=|\\+=|&&) ?[\\w\"'(]",
            "Traceback \\(most recent|\\b[A-Z]\\w+(?:Exception|Error)\\b|\\bat [\\w.$]+\\([\\w.]+:\\d+\\)");
    private static final Pattern MATHS = any(
            "\\\\(?:frac|sum|int|sqrt|begin|cdot|times|alpha|beta|theta|pi|infty|lim|log|sin|cos)\\b|[\u2211\u222b\u221a\u2264\u2265\u2260\u03c0\u2202\u221e]",
            "\\$[^$\\s](?:[^$\\n]{0,80}[\\\\^_=+<>{}][^$\\n]{0,80})?[^$\\s]\\$|\\$[A-Za-z]\\$",
            "(?:^|[\\s(=])\\d+(?:\\.\\d+)? ?[*^\u00d7\u00f7+] ?\\(?\\d|(?:^|[\\s(])\\d+(?:\\.\\d+)? ?[-/] ?\\d+(?:\\.\\d+)? ?=",
            "(?i)\\b(?:what is|what's|calculate|compute|solve|evaluate|simplify):? \\(?-?\\d+(?:\\.\\d+)? ?[-+*/^x\u00d7\u00f7] ?\\(?\\d",
            "\\b\\d*[a-z] ?\\^ ?\\(?-?\\d|\\b\\d+[xyzn] ?[-+=] ?\\d|\\b[xyz] ?[-+*/=] ?-?\\d|\\b[fgh]\\([a-z]\\) ?=|\\bd[xyzt]/d[xyt]\\b",
            "(?i)\\b(?:derivative|integral|square root|cube root|factorial|determinant|logarithm|cosine|greatest common divisor|least common multiple) of\\b",
            "(?i)\\bsolve for [a-z]\\b|\\b(?:polynomials?|eigenvalues?|quadratic (?:equation|formula)|differential equations?|linear equations?)\\b");

    /** As people write them; neither prices, dates nor the words of trade, law and travel. */
    private static Pattern any(String... signs) {
        return Pattern.compile(Arrays.stream(signs).map(sign -> "(?:" + sign + ")").collect(Collectors.joining("|")));
    }

    private TextSigns() {}

    static boolean hasCode(String text) {
        return CODE.matcher(head(text)).find();
    }

    static boolean hasMaths(String text) {
        return MATHS.matcher(head(text)).find();
    }

    /** The script of most of its letters, e.g. {@code latin}, {@code han}; {@code none} without letters. */
    static String script(String text) {
        return scripts(text).entrySet().stream().max(Map.Entry.comparingByValue()).map(most -> most.getKey().name().toLowerCase(Locale.ROOT)).orElse("none");
    }

    /** How many letters of each. */
    static Map<UnicodeScript, Integer> scripts(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        head(text).codePoints().filter(Character::isLetter).forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
        return letters;
    }

    private static String head(String text) {
        return text.length() > MOST ? text.substring(0, MOST) : text;
    }
}
