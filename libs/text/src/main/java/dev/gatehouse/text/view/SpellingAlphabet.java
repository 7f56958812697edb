package dev.gatehouse.text.view;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The NATO spelling alphabet, with the usual other spellings. Words that follow each other at one space's distance make one word. */
final class SpellingAlphabet {

    static final List<String> WORDS = List.of("alpha", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india",
            "juliet", "juliett", "kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform",
            "victor", "whiskey", "whisky", "xray", "yankee", "zulu");
    /** Different words that must occur before a text is read so. */
    static final int ENOUGH = 4;

    private static final Set<String> KNOWN = Set.copyOf(WORDS);

    private SpellingAlphabet() {
    }

    static MappedText read(String text) {
        Rewrite out = new Rewrite(MappedText.original(text));
        int lastEnd = -1;
        for (int i = 0; i < text.length(); ) {
            int end = wordEnd(text, i);
            if (end > i && KNOWN.contains(text.substring(i, end).toLowerCase(Locale.ROOT))) {
                separate(out, text, lastEnd, i);
                out.put(text.charAt(i), i, end);
                lastEnd = end;
            }
            i = Math.max(end, i + 1);
        }
        return out.done();
    }

    private static void separate(Rewrite out, String text, int lastEnd, int start) {
        boolean joined = lastEnd < 0 || (start - lastEnd == 1 && " -".indexOf(text.charAt(lastEnd)) >= 0);
        if (!joined) {
            out.put(' ', lastEnd, start);
        }
    }

    private static int wordEnd(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
