package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where requests go: to a model, or to what routes match by header.
 *
 * @param model    that body or path, and {@code x-gateway-model-name}, are set to
 * @param split    in its place: models or headers by weight, the same one for a whole conversation
 * @param strong   a dearer model for those requests that gain most by it; needs {@code model}
 * @param fallback models that take the place of one that is out, in this order
 * @param headers  set beside, e.g. for routes that match by them
 */
@ValidationRule(value = "!has(self.model) || !has(self.split) || size(self.split) == 0", fieldPath = ".split",
        message = "is in the place of model: give one")
@ValidationRule(value = Target.LEADS_SOMEWHERE, fieldPath = ".model", message = "or split or headers: one of them is needed")
@ValidationRule(value = "!has(self.split) || self.split.all(share, has(share.model)) || self.split.all(share, !has(share.model))",
        fieldPath = ".split", message = "must be of models or of headers, not of both")
@ValidationRule(value = "!has(self.strong) || has(self.model)", fieldPath = ".strong", message = "needs a model that it takes the place of")
@ValidationRule(value = Target.FALLS_BACK_FROM_A_MODEL, fieldPath = ".fallback", message = "needs a model that it takes the place of")
public record Target(
        @Size(min = 1, max = 256) @Pattern(Target.MODEL_PATTERN) Optional<String> model, @Size(max = 16) List<Share> split,
        Optional<Strong> strong,
        @Size(max = 16) List<@Size(min = 1, max = 256) @Pattern(Target.MODEL_PATTERN) String> fallback,
        @Size(max = 16) Map<String, @Size(max = 1024) @Pattern(Target.VALUE_PATTERN) String> headers) {

    static final String MODEL_PATTERN = "^[ -~]*[!-~][ -~]*$";
    static final String VALUE_PATTERN = "^[ -~]*$";
    static final String LEADS_SOMEWHERE = "has(self.model) || has(self.split) && size(self.split) > 0 || has(self.headers) && size(self.headers) > 0";
    static final String FALLS_BACK_FROM_A_MODEL = "!has(self.fallback) || size(self.fallback) == 0 || has(self.model) || "
            + "has(self.split) && self.split.exists(share, has(share.model))";

    /**
     * One of several, by weight.
     *
     * @param model   that requests go to
     * @param headers in place of a model: set for routes that match by them
     * @param weight  1 to 1,000,000
     */
    @ValidationRule(value = "has(self.model) != (has(self.headers) && size(self.headers) > 0)", fieldPath = ".model",
            message = "or headers: one of them is needed")
    public record Share(
            @Size(min = 1, max = 256) @Pattern(Target.MODEL_PATTERN) Optional<String> model,
            @Size(max = 16) Map<String, @Size(max = 1024) @Pattern(Target.VALUE_PATTERN) String> headers,
            @Required @Min(1) @Max(1000000) Integer weight) {
        public Share {
            InvalidField.check(model.isPresent() == headers.isEmpty(), "model", "or headers: one of them is needed");
            InvalidField.required("weight", weight);
            InvalidField.check(weight >= 1 && weight <= 1_000_000, "weight", "must be 1 to 1000000");
            model.ifPresent(name -> checkModel("model", name));
            checkHeaders(headers);
        }
    }

    public Target {
        InvalidField.check(model.isEmpty() || split.isEmpty(), "split", "is in the place of model: give one");
        InvalidField.check(model.isPresent() || !split.isEmpty() || !headers.isEmpty(), "model", "or split or headers: one of them is needed");
        InvalidField.check(split.stream().map(share -> share.model().isPresent()).distinct().count() < 2, "split", "must be of models or of headers, not of both");
        InvalidField.check(strong.isEmpty() || model.isPresent(), "strong", "needs a model that it takes the place of");
        InvalidField.check(fallback.isEmpty() || namesModel(model, split), "fallback", "needs a model that it takes the place of");
        InvalidField.check(split.size() <= 16 && fallback.size() <= 16 && headers.size() <= 16, "", "has at most 16 shares, fallbacks and headers each");
        model.ifPresent(name -> checkModel("model", name));
        for (int i = 0; i < fallback.size(); i++) {
            checkModel("fallback[" + i + "]", fallback.get(i));
        }
        checkHeaders(headers);
    }

    private static boolean namesModel(Optional<String> model, List<Share> split) {
        return model.isPresent() || split.stream().anyMatch(share -> share.model().isPresent());
    }

    private static void checkHeaders(Map<String, String> headers) {
        InvalidField.check(headers.size() <= 16, "headers", "must be at most 16");
        headers.forEach((name, value) -> {
            HeaderNames.check("headers." + name, name);
            HeaderNames.checkValue("headers." + name, value);
        });
    }

    static void checkModel(String field, String name) {
        HeaderNames.checkValue(field, name);
        InvalidField.check(!name.isBlank() && name.length() <= 256, field, "must have 1 to 256 characters");
    }

    /** Whether it names a model, which needs an attachment that can change bodies. */
    public boolean changesModel() {
        return namesModel(model, split);
    }

    /** All models that it may lead to. */
    public List<String> candidates() {
        return Stream.concat(strong.map(Strong::model).stream(), plain().stream()).distinct().toList();
    }

    /** Those that it leads to where the strong one is not worth it. */
    public List<String> plain() {
        return Stream.of(model.stream(), split.stream().flatMap(share -> share.model().stream()), fallback.stream()).flatMap(each -> each).distinct().toList();
    }

    /** All header fields that it may set. */
    public Set<String> headerNames() {
        return Stream.concat(headers.keySet().stream(), split.stream().flatMap(share -> share.headers().keySet().stream())).collect(Collectors.toSet());
    }
}
