package dev.gatehouse.cache.verify.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers however they are written: {@code 1,000} and {@code 1000}, {@code five} and {@code 5}, {@code 2nd} and {@code second}. */
final class Numbers {

    private static final List<String> ONES = List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty");
    private static final List<String> ORDINALS = List.of("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth");
    private static final Map<String, String> WORDS = words();

    private Numbers() {}

    private static Map<String, String> words() {
        Map<String, String> words = new HashMap<>(Map.of("thirty", "30", "forty", "40", "fifty", "50", "sixty", "60", "seventy", "70", "eighty", "80",
                "ninety", "90", "hundred", "100", "thousand", "1000", "million", "1000000"));
        words.putAll(Map.of("billion", "1000000000", "dozen", "12", "twice", "2", "double", "2", "triple", "3", "thrice", "3"));
        for (int i = 0; i < ONES.size(); i++) {
            words.put(ONES.get(i), Integer.toString(i));
        }
        words.remove("one");
        for (int i = 2; i < ORDINALS.size(); i++) {
            words.put(ORDINALS.get(i), Integer.toString(i));
        }
        words.put("first", "1");
        return words;
    }

    /** The number that a token is or begins with, in one spelling; null for none. */
    static String of(String token) {
        String word = WORDS.get(token);
        if (word != null) {
            return word;
        }
        return hasDigit(token) ? spelled(token) : null;
    }

    private static boolean hasDigit(String token) {
        return token.chars().anyMatch(sign -> sign >= '0' && sign <= '9');
    }

    private static String spelled(String token) {
        String plain = token.replaceFirst("(?<=\\d)(st|nd|rd|th)$", "");
        plain = plain.matches("\\d{1,3}(,\\d{3})+(\\.\\d+)?") ? plain.replace(",", "") : plain;
        return plain.matches("\\d+\\.0+") ? plain.substring(0, plain.indexOf('.')) : plain;
    }
}
