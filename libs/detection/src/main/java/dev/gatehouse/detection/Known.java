package dev.gatehouse.detection;

import dev.gatehouse.policy.document.InvalidField;
import java.util.List;

/** Refuses names that no detector has. */
public final class Known {

    private Known() {}

    /** @throws InvalidField at {@code field[i]} for the first word that is not known */
    public static void checkAll(List<String> words, List<String> known, String field) {
        for (int i = 0; i < words.size(); i++) {
            check(words.get(i), known, field + "[" + i + "]", "name");
        }
    }

    /** @throws InvalidField at {@code field} if the word is not known */
    public static void check(String word, List<String> known, String field, String what) {
        if (!known.contains(word)) {
            throw InvalidField.unknown(field, what, word, known);
        }
    }
}
