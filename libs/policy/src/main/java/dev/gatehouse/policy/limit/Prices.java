package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Prices of models, in any one currency.
 *
 * @param models   by the model's name; a name may end with {@code *}. The exact name holds, else the longest that fits
 * @param unknown  what becomes of a request for a model without a price; Refuse by default
 * @param standard the price with {@code unknown: Default}
 */
@ValidationRule(value = "(self.unknown == 'Default') == has(self.standard)", fieldPath = ".standard",
        message = "is for unknown: Default, and required there")
public record Prices(@Size(max = 10000) Map<String, Price> models, @Default("Refuse") Unknown unknown, Optional<Price> standard) {

    /** What becomes of a request for a model without a price. */
    public enum Unknown {
        /** It is refused (400): its cost cannot be limited. */ Refuse,
        /** It costs {@code standard}. */ Default,
        /** Limits of unit Cost do not apply to it. */ TokensOnly
    }

    public static final Prices NONE = new Prices(Map.of(), null, Optional.empty());

    public Prices {
        unknown = unknown == null ? Unknown.Refuse : unknown;
        InvalidField.check((unknown == Unknown.Default) == standard.isPresent(), "standard", "is for unknown: Default, and required there");
        InvalidField.check(models.size() <= 10_000, "models", "are more than 10000");
        models.keySet().forEach(Prices::checkName);
    }

    /** The price of a model: its own, else {@code standard}; empty where it has none. */
    public Optional<Price> of(String model) {
        return named(model).or(() -> standard);
    }

    /** The model's own price, not {@code standard}. */
    public Optional<Price> named(String model) {
        Optional<Price> exact = Optional.ofNullable(models.get(model));
        return exact.or(() -> models.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("*") && model.startsWith(entry.getKey().substring(0, entry.getKey().length() - 1)))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue));
    }

    boolean knowAny() {
        return !models.isEmpty() || standard.isPresent();
    }

    private static void checkName(String name) {
        int star = name.indexOf('*');
        InvalidField.check(!name.isBlank() && (star < 0 || star == name.length() - 1), "models",
                "has a name that is blank or has a * before its end: " + name);
    }
}
