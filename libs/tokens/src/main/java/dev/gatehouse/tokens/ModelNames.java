package dev.gatehouse.tokens;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads which models stand behind the names that clients use, as a setting writes it: {@code my-deployment=gpt-4o,llama=meta-llama/Llama-3.1-8B}. */
public final class ModelNames {

    private ModelNames() {}

    /**
     * Models by served names.
     *
     * @param setting pairs of name and model, separated by commas; spaces around either are ignored; empty for none
     * @throws IllegalArgumentException if a pair has no {@code =}, no name or no model, or a name stands there twice
     */
    public static Map<String, String> parse(String setting) {
        Map<String, String> models = new LinkedHashMap<>();
        for (String pair : setting.isBlank() ? new String[0] : setting.split(",", -1)) {
            int equals = pair.indexOf('=');
            String name = pair.substring(0, Math.max(equals, 0)).strip();
            String model = pair.substring(equals + 1).strip();
            if (name.isEmpty() || model.isEmpty() || models.put(name, model) != null) {
                throw new IllegalArgumentException("model names: expected NAME=MODEL, each name once, not '" + pair.strip() + "'");
            }
        }
        return Map.copyOf(models);
    }
}
