package dev.gatehouse.cache.verify.text;

import java.util.Map;

/** Takes common English endings off, so that "carried" and "carry", "limits" and "limit" are one word. Rough: only equality of results counts. */
final class Stems {

    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("won", "win"), Map.entry("lost", "lose"), Map.entry("paid", "pay"), Map.entry("sent", "send"), Map.entry("made", "make"),
            Map.entry("went", "go"), Map.entry("gone", "go"), Map.entry("got", "get"), Map.entry("bought", "buy"), Map.entry("sold", "sell"),
            Map.entry("taken", "take"), Map.entry("took", "take"), Map.entry("given", "give"), Map.entry("gave", "give"), Map.entry("wrote", "write"),
            Map.entry("written", "write"), Map.entry("spoke", "speak"), Map.entry("spoken", "speak"), Map.entry("children", "child"),
            Map.entry("people", "person"), Map.entry("men", "man"), Map.entry("women", "woman"), Map.entry("began", "begin"), Map.entry("begun", "begin"),
            Map.entry("built", "build"), Map.entry("held", "hold"), Map.entry("kept", "keep"), Map.entry("left", "leave"), Map.entry("met", "meet"),
            Map.entry("stolen", "steal"), Map.entry("stole", "steal"), Map.entry("chosen", "choose"), Map.entry("chose", "choose"), Map.entry("found", "find"));

    private Stems() {}

    static String of(String word) {
        return regular(base(word));
    }

    /** "win" for "won"; a regular word as it is. */
    static String base(String word) {
        return IRREGULAR.getOrDefault(word, word);
    }

    private static String regular(String word) {
        String stem = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
        return stem.length() <= 3 ? stem : undoubled(withoutEnding(stem));
    }

    private static String withoutEnding(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        } else if (word.endsWith("ied") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        } else if (endsWithAny(word, "sses", "shes", "ches", "xes", "zes")) {
            return word.substring(0, word.length() - 2);
        } else if (word.endsWith("s") && !endsWithAny(word, "ss", "us", "is")) {
            return withoutE(word.substring(0, word.length() - 1));
        } else if (word.endsWith("ing") && word.length() > 5) {
            return word.substring(0, word.length() - 3);
        } else if (word.endsWith("ed") && word.length() > 4) {
            return word.substring(0, word.length() - 2);
        } else if (word.endsWith("ly") && word.length() > 5) {
            return word.substring(0, word.length() - 2);
        }
        return withoutE(word);
    }

    private static boolean endsWithAny(String word, String... endings) {
        for (String ending : endings) {
            if (word.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutE(String word) {
        return word.endsWith("e") && word.length() > 3 ? word.substring(0, word.length() - 1) : word;
    }

    /** "cancell" of "cancelled" and "cancel" are one word. */
    private static String undoubled(String stem) {
        int end = stem.length();
        boolean doubled = end > 3 && stem.charAt(end - 1) == stem.charAt(end - 2) && "aeiousfz".indexOf(stem.charAt(end - 1)) < 0;
        return doubled ? stem.substring(0, end - 1) : stem;
    }
}
