package dev.gatehouse.router.signal;

import com.optimaize.langdetect.DetectedLanguage;
import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.i18n.LdLocale;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells a text's language, by its script where one language has it to itself, else by its letters' order (Optimaize's language-detector).
 * Making it reads the profiles of {@value #KNOWN} languages, some 40 MB. Thread-safe; takes less than 0.1 ms.
 */
final class Languages {

    /** Where it cannot be told: too few letters, or as like one language as another. */
    static final String UNSURE = "und";

    /** Rare ones that short texts of others are taken for (Galician, Haitian, Occitan and so on) are left out. */
    private static final List<String> CODES = List.of("af", "ar", "be", "bg", "ca", "cs", "da", "de", "en", "es", "et", "fa", "fi", "fr", "hi", "hr", "hu",
            "id", "it", "lt", "lv", "mk", "mr", "ne", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "tr", "uk", "ur", "vi");
    private static final String KNOWN = "40";
    private static final Map<UnicodeScript, String> OWN_SCRIPT = Map.ofEntries(Map.entry(UnicodeScript.HIRAGANA, "ja"),
            Map.entry(UnicodeScript.KATAKANA, "ja"), Map.entry(UnicodeScript.HANGUL, "ko"), Map.entry(UnicodeScript.THAI, "th"),
            Map.entry(UnicodeScript.GREEK, "el"), Map.entry(UnicodeScript.HEBREW, "he"), Map.entry(UnicodeScript.BENGALI, "bn"),
            Map.entry(UnicodeScript.TAMIL, "ta"), Map.entry(UnicodeScript.TELUGU, "te"), Map.entry(UnicodeScript.GEORGIAN, "ka"),
            Map.entry(UnicodeScript.ARMENIAN, "hy"));
    /** Most users of English models write English; a text has to look clearly more like another. */
    private static final double ENGLISH_PRIOR = 5;
    private static final double SURE = 0.8;
    private static final int FEWEST_LETTERS = 6;
    private static final int MOST_CHARACTERS = 250;

    private final LanguageDetector detector;

    private Languages() {
        Map<LdLocale, Double> priors = CODES.stream()
                .collect(Collectors.toMap(LdLocale::fromString, code -> code.equals("en") ? ENGLISH_PRIOR : 1));
        try {
            detector = LanguageDetectorBuilder.create(NgramExtractors.standard()).withProfiles(new LanguageProfileReader().read(CODES))
                    .languagePriorities(priors).shortTextAlgorithm(2 * MOST_CHARACTERS).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of this process, made when it is first asked for. */
    static Languages shared() {
        return Shared.LANGUAGES;
    }

    private static final class Shared {
        static final Languages LANGUAGES = new Languages();
    }

    /** An ISO 639-1 code, or {@value #UNSURE}. */
    String of(String text) {
        String start = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        Map<UnicodeScript, Integer> scripts = TextSigns.scripts(start);
        int letters = scripts.values().stream().mapToInt(Integer::intValue).sum();
        UnicodeScript most = scripts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(UnicodeScript.COMMON);
        if (most == UnicodeScript.HAN) {
            return scripts.containsKey(UnicodeScript.HIRAGANA) ? "ja" : "zh";
        }
        if (OWN_SCRIPT.containsKey(most)) {
            return OWN_SCRIPT.get(most);
        }
        return letters < FEWEST_LETTERS ? UNSURE : likeliest(start);
    }

    private String likeliest(String text) {
        return detector.getProbabilities(text).stream().findFirst().filter(best -> best.getProbability() >= SURE).map(DetectedLanguage::getLocale)
                .map(LdLocale::getLanguage).orElse(UNSURE);
    }
}
