package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.InvalidField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where requests go: to a model, or to what routes match by header.
 *
 * @param model    that body or path, and {@code x-gateway-model-name}, are set to
 * @param split    in its place: models by weight, the same one for a whole conversation
 * @param fallback models that take the place of one that is out, in this order
 * @param headers  set beside, e.g. for routes that match by them
 */
public record Target(Optional<String> model, List<Share> split, List<String> fallback, Map<String, String> headers) {

    /** @param weight 1 to 1,000,000 */
    public record Share(String model, Integer weight) {
        public Share {
            checkModel("model", InvalidField.required("model", model));
            InvalidField.required("weight", weight);
            InvalidField.check(weight >= 1 && weight <= 1_000_000, "weight", "must be 1 to 1000000");
        }
    }

    public Target {
        InvalidField.check(model.isEmpty() || split.isEmpty(), "split", "is in the place of model: give one");
        InvalidField.check(model.isPresent() || !split.isEmpty() || !headers.isEmpty(), "model", "or split or headers: one of them is needed");
        InvalidField.check(fallback.isEmpty() || model.isPresent() || !split.isEmpty(), "fallback", "needs a model that it takes the place of");
        InvalidField.check(split.size() <= 16 && fallback.size() <= 16 && headers.size() <= 16, "", "has at most 16 shares, fallbacks and headers each");
        model.ifPresent(name -> checkModel("model", name));
        for (int i = 0; i < fallback.size(); i++) {
            checkModel("fallback[" + i + "]", fallback.get(i));
        }
        headers.forEach((name, value) -> {
            HeaderNames.check("headers." + name, name);
            HeaderNames.checkValue("headers." + name, value);
        });
    }

    private static void checkModel(String field, String name) {
        HeaderNames.checkValue(field, name);
        InvalidField.check(!name.isBlank() && name.length() <= 256, field, "must have 1 to 256 characters");
    }

    /** Whether it names a model, which needs an attachment that can change bodies. */
    public boolean changesModel() {
        return model.isPresent() || !split.isEmpty();
    }

    /** All models that it may lead to. */
    public List<String> candidates() {
        return Stream.of(model.stream(), split.stream().map(Share::model), fallback.stream()).flatMap(each -> each).distinct().toList();
    }
}
