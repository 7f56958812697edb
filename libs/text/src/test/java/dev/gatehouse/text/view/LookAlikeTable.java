package dev.gatehouse.text.view;

import com.ibm.icu.text.SpoofChecker;
import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes {@code lookalikes.tsv}. {@code main} takes the file to write. */
final class LookAlikeTable {

    private static final int LAST = 0x1FBFF;
    private static final int ETA = 0x3B7;
    private static final Set<UnicodeScript> SCRIPTS = EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN, UnicodeScript.CHEROKEE, UnicodeScript.COPTIC, UnicodeScript.LISU, UnicodeScript.COMMON);
    private static final Pattern NAME = Pattern.compile("(?:LATIN LETTER SMALL CAPITAL"
            + "|(?:NEGATIVE )?(?:SQUARED|CIRCLED|PARENTHESIZED) LATIN (?:CAPITAL|SMALL) LETTER|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])"
            + "|LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH (?:STROKE|HOOK|TAIL|BAR|LONG RIGHT LEG|DIAGONAL STROKE|MIDDLE TILDE|PALATAL HOOK"
            + "|RETROFLEX HOOK|SWASH TAIL|OBLIQUE STROKE|TOPBAR|CURL)"
            + "|LATIN SMALL LETTER (DOTLESS I|LONG S|SCRIPT G|OPEN E|ALPHA|REVERSED E|IOTA|UPSILON)");
    private static final Map<String, Character> NAMED = Map.of("DOTLESS I", 'i', "IOTA", 'i', "LONG S", 's', "SCRIPT G", 'g',
            "ALPHA", 'a', "UPSILON", 'u', "OPEN E", 'e', "REVERSED E", 'e');

    private final SpoofChecker checker = new SpoofChecker.Builder().build();
    private final Map<String, Character> bySkeleton = new HashMap<>();

    private LookAlikeTable() {
        for (char c = 'a'; c <= 'z'; c++) {
            bySkeleton.putIfAbsent(checker.getSkeleton(Character.toString(c)), c);
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            bySkeleton.putIfAbsent(checker.getSkeleton(Character.toString(c)), c);
        }
    }

    public static void main(String[] args) throws IOException {
        Files.writeString(Path.of(args[0]), make());
    }

    static String make() {
        LookAlikeTable table = new LookAlikeTable();
        Map<Character, StringBuilder> lines = new TreeMap<>();
        for (int codePoint = 0x80; codePoint < LAST; codePoint++) {
            Character letter = table.letter(codePoint);
            if (letter != null) {
                lines.computeIfAbsent(letter, key -> new StringBuilder()).appendCodePoint(codePoint);
            }
        }
        StringBuilder text = new StringBuilder("# ASCII letter, tab, the characters that look like it. Made by LookAlikeTable (test sources) "
                + "from Unicode confusables (ICU4J SpoofChecker skeletons) and character names. Unicode License V3.\n");
        lines.forEach((letter, characters) -> text.append(letter).append('\t').append(characters).append('\n'));
        return text.toString();
    }

    private Character letter(int codePoint) {
        boolean mathematical = codePoint >= 0x1D400 && codePoint < 0x1D800;
        if (!Character.isDefined(codePoint) || mathematical) {
            return null;
        }
        String name = Character.getName(codePoint);
        Matcher matcher = NAME.matcher(name == null ? "" : name);
        return matcher.matches() ? named(matcher) : looksLike(codePoint);
    }

    private static Character named(Matcher matcher) {
        if (matcher.group(3) != null) {
            return NAMED.get(matcher.group(3));
        }
        String letter = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return letter.toLowerCase(Locale.ROOT).charAt(0);
    }

    private Character looksLike(int codePoint) {
        boolean foldsAnyway = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC).codePointAt(0) < 0x80;
        if (!Character.isLetter(codePoint) || !SCRIPTS.contains(UnicodeScript.of(codePoint)) || foldsAnyway) {
            return null;
        }
        Character letter = codePoint == ETA ? (Character) 'n' : bySkeleton(codePoint);
        boolean capitalI = letter != null && letter == 'l' && Character.isUpperCase(codePoint);
        return letter == null ? null : capitalI ? 'i' : Character.toLowerCase(letter);
    }

    private Character bySkeleton(int codePoint) {
        Character own = bySkeleton.get(checker.getSkeleton(Character.toString(codePoint)));
        int other = Character.isUpperCase(codePoint) ? Character.toLowerCase(codePoint) : Character.toUpperCase(codePoint);
        return own != null || other == codePoint ? own : bySkeleton.get(checker.getSkeleton(Character.toString(other)));
    }
}
