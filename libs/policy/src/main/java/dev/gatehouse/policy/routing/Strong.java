package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * A dearer model for those of a target's requests that gain most by it.
 *
 * @param model    in place of the target's
 * @param share    of the target's requests that it gets, 0 to 1; follows the traffic as it is
 * @param maxPrice in place of a share: the mean price of the target's requests, by the prices of {@code candidates}
 */
@ValidationRule(value = "has(self.share) != has(self.maxPrice)", fieldPath = ".share", message = "or maxPrice: one of them is needed")
public record Strong(
        @Required @Size(min = 1, max = 256) @Pattern(Target.MODEL_PATTERN) String model, @Min(0) @Max(1) Optional<Double> share,
        @Min(value = 0, inclusive = false) Optional<Double> maxPrice) {

    public Strong {
        Target.checkModel("model", InvalidField.required("model", model));
        InvalidField.check(share.isPresent() != maxPrice.isPresent(), "share", "or maxPrice: one of them is needed");
        InvalidField.check(share.isEmpty() || share.get() >= 0 && share.get() <= 1, "share", "must be 0 to 1");
        InvalidField.check(maxPrice.isEmpty() || maxPrice.get() > 0, "maxPrice", "must be above 0");
    }

    /**
     * The share that keeps a mean price.
     *
     * @param weak   the price of the target's own model
     * @param strong the price of this one
     */
    double share(double weak, double strong) {
        return share.orElseGet(() -> Math.clamp((maxPrice.orElseThrow() - weak) / (strong - weak), 0, 1));
    }
}
