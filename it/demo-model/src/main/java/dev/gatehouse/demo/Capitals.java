package dev.gatehouse.demo;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the model knows: the capitals of a few countries. So equal questions in other words have equal answers, and near ones others. */
final class Capitals {

    private static final Map<String, String> CAPITALS = Map.of(
        "France", "Paris", "Germany", "Berlin", "Spain", "Madrid", "Italy", "Rome", "Portugal", "Lisbon",
        "Austria", "Vienna", "Kenya", "Nairobi", "Japan", "Tokyo", "Canada", "Ottawa", "Peru", "Lima");

    private Capitals() {
    }

    /** The answer to a prompt that asks for the capital of one of them; empty for all others. */
    static Optional<String> answer(String prompt) {
        String asked = prompt.toLowerCase(Locale.ROOT);
        return !asked.contains("capital") ? Optional.empty() : CAPITALS.keySet().stream()
            .filter(country -> asked.contains(country.toLowerCase(Locale.ROOT))).findFirst()
            .map(country -> "The capital of " + country + " is " + CAPITALS.get(country) + ".");
    }
}
