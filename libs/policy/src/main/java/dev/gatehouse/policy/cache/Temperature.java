package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * Which temperatures are cached. Requests of two temperatures never share an answer.
 *
 * @param max    the highest that is cached, 0 to 2; 0 when absent
 * @param absent what a request is that names none; Cache when absent
 */
public record Temperature(@Default("0") @Min(0) @Max(2) Double max, @Default("Cache") WhenAbsent absent) {

    /** 0, and requests that name none. */
    public static final Temperature DEFAULT = new Temperature(null, null);

    public Temperature {
        max = max == null ? 0.0 : max;
        absent = absent == null ? WhenAbsent.Cache : absent;
        InvalidField.check(max >= 0 && max <= 2, "max", "must be 0 to 2");
    }
}
