package dev.gatehouse.policy.risk;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * What may pass on while an answer is still being judged. Rules of the service's own detectors hold back the open match and no more
 * in every mode; the modes differ in what they do with slow rules ({@code moderation}).
 *
 * @param mode   HoldBack when absent
 * @param maxLag with Concurrent, how many code points may pass on that a slow rule has not judged, 1 to 100,000; 1,000 when absent
 */
@ValidationRule(value = "!has(self.maxLag) || self.mode == 'Concurrent'", fieldPath = ".maxLag", message = "is only for mode Concurrent")
public record Streaming(@Default("HoldBack") Mode mode, @Min(1) @Max(100000) Optional<Integer> maxLag) {

    /** How an answer is let on. */
    public enum Mode {
        /** Text passes on when every rule has judged it. */ HoldBack,
        /** Text passes on up to {@code maxLag} ahead of slow rules; the answer's end waits for them. */ Concurrent,
        /** Nothing passes on before the whole answer was judged. */ Buffer
    }

    /** HoldBack. */
    public static final Streaming DEFAULT = new Streaming(Mode.HoldBack, Optional.empty());

    private static final int DEFAULT_LAG = 1_000;

    public Streaming {
        mode = mode == null ? Mode.HoldBack : mode;
        InvalidField.check(maxLag.isEmpty() || mode == Mode.Concurrent, "maxLag", "is only for mode Concurrent");
        InvalidField.check(maxLag.isEmpty() || maxLag.get() >= 1 && maxLag.get() <= 100_000, "maxLag", "must be 1 to 100000 code points");
    }

    /** Code points that may pass on unjudged by slow rules. */
    public int lag() {
        return mode == Mode.Concurrent ? maxLag.orElse(DEFAULT_LAG) : 0;
    }
}
