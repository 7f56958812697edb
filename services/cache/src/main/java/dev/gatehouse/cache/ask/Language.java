package dev.gatehouse.cache.ask;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * In which language a text is, as far as that separates answers: the script of most of its letters, and for Latin letters a language
 * other than English where its small words say so plainly. A guess only ever divides; what it holds together the verifier still compares.
 */
final class Language {

    private static final int MIN_WORDS = 2;
    private static final Set<String> ENGLISH = Set.of(
            "the", "a", "an", "of", "to", "is", "are", "was", "what", "how", "who", "where", "when", "which", "do", "does", "did", "i", "you", "my", "your",
            "it", "in", "on", "and", "for", "with", "can", "from", "that", "this", "at", "by", "be", "have", "has", "not");
    private static final Map<String, Set<String>> OTHERS = others();

    private Language() {}

    private static Map<String, Set<String>> others() {
        Map<String, Set<String>> others = new LinkedHashMap<>();
        others.put("de", Set.of("der", "das", "und", "ist", "ich", "nicht", "ein", "eine", "wie", "kann", "mein", "meine", "wo", "mit", "von", "zu", "auf"));
        others.put("fr", Set.of("le", "la", "les", "et", "est", "je", "ne", "pas", "un", "une", "des", "du", "mon", "ma", "que", "qui", "dans", "pour"));
        others.put("es", Set.of("el", "la", "los", "las", "y", "es", "un", "una", "de", "que", "mi", "como", "por", "para", "con", "puedo", "donde"));
        others.put("it", Set.of("il", "lo", "la", "gli", "e", "non", "un", "una", "di", "che", "mio", "come", "per", "con", "posso", "dove", "sono"));
        others.put("pt", Set.of("o", "os", "as", "e", "n\u00e3o", "um", "uma", "de", "que", "meu", "minha", "como", "para", "com", "posso", "onde"));
        others.put("nl", Set.of("de", "het", "een", "en", "ik", "niet", "hoe", "mijn", "van", "met", "kan", "waar", "zijn", "voor", "wat"));
        others.put("pl", Set.of("i", "jest", "nie", "jak", "co", "w", "na", "z", "do", "czy", "mog\u0119", "gdzie", "m\u00f3j"));
        others.put("sv", Set.of("och", "det", "att", "en", "ett", "jag", "inte", "hur", "min", "mitt", "p\u00e5", "med", "kan", "var", "f\u00f6r"));
        return others;
    }

    /** A word for it, e.g. {@code LATIN}, {@code LATIN-de}, {@code HAN}. */
    static String of(String text) {
        UnicodeScript script = script(text);
        return script == UnicodeScript.LATIN ? script + other(text) : script.name();
    }

    private static UnicodeScript script(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints().filter(Character::isLetter).forEach(letter -> letters.merge(UnicodeScript.of(letter), 1, Integer::sum));
        return letters.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(UnicodeScript.COMMON);
    }

    private static String other(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+");
        long english = count(words, ENGLISH);
        String best = "";
        long most = Math.max(english, MIN_WORDS - 1);
        for (Map.Entry<String, Set<String>> other : OTHERS.entrySet()) {
            long found = count(words, other.getValue());
            if (found > most) {
                most = found;
                best = "-" + other.getKey();
            }
        }
        return best;
    }

    private static long count(String[] words, Set<String> known) {
        long found = 0;
        for (String word : words) {
            found += known.contains(word) ? 1 : 0;
        }
        return found;
    }
}
