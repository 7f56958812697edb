package dev.gatehouse.policy.routing;

import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Optional;

/**
 * When a candidate that answers badly is left alone, and for how long. All replicas and all policies of one scope share what they see
 * of a model; each judges it by its own numbers. Answers with 500, 502, 503, 504, 529 or 408 are failures, and so are streams that end
 * in an error; other refusals (4xx) say nothing of the model.
 *
 * @param scope               within which a model's name means one backend; the policy's namespace when absent
 * @param consecutiveFailures in a row that take it out, 1 to 1,000; 5 when absent
 * @param failurePercent      of failures within the window that take it out, 1 to 100; 50 when absent
 * @param minimumRequests     in the window, from which on the percentage counts, 1 to 1,000,000; 20 when absent
 * @param window              1s to 1h; 30s when absent
 * @param cooldown            how long it is left alone, doubled each time it fails again at once, 100ms to 1h; 10s when absent
 * @param maxCooldown         the longest it is left alone, also where {@code Retry-After} asks for more, up to 24h; 5m when absent
 * @param rateLimited         what a 429 does; Open when absent
 * @param slow                time to the first byte of an answer over which it counts as a failure, 10ms to 10m; not judged when absent
 */
@ValidationRule(value = "!has(self.maxCooldown) || duration(self.maxCooldown) >= duration(self.cooldown)", fieldPath = ".maxCooldown",
        message = "must not be less than cooldown")
public record Health(
        @Size(min = 1, max = 253) @Pattern(Schemas.VISIBLE) Optional<String> scope, @Default("5") @Min(1) @Max(1000) Integer consecutiveFailures,
        @Default("50") @Min(1) @Max(100) Integer failurePercent, @Default("20") @Min(1) @Max(1000000) Integer minimumRequests,
        @Default("30s") @ValidationRule(value = "duration(self) >= duration('1s') && duration(self) <= duration('1h')", message = "must be 1s to 1h") Duration window,
        @Default("10s") @ValidationRule(value = "duration(self) >= duration('100ms') && duration(self) <= duration('1h')", message = "must be 100ms to 1h") Duration cooldown,
        @ValidationRule(value = "duration(self) <= duration('24h')", message = "must be at most 24h") Duration maxCooldown,
        @Default("Open") RateLimited rateLimited,
        @ValidationRule(value = "duration(self) >= duration('10ms') && duration(self) <= duration('10m')", message = "must be 10ms to 10m") Optional<Duration> slow) {

    /** What a 429 of a model does. */
    public enum RateLimited {
        /** It is left alone for as long as {@code Retry-After} says, for {@code cooldown} where that is missing. */ Open,
        /** It is a failure as others are. */ Count,
        /** Nothing: where clients bring keys of their own, one client's 429 says nothing of another's. */ Ignore
    }

    private static final int CONSECUTIVE = 5;
    private static final int PERCENT = 50;
    private static final int MINIMUM = 20;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration COOLDOWN = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public Health {
        consecutiveFailures = consecutiveFailures == null ? CONSECUTIVE : consecutiveFailures;
        failurePercent = failurePercent == null ? PERCENT : failurePercent;
        minimumRequests = minimumRequests == null ? MINIMUM : minimumRequests;
        window = window == null ? WINDOW : window;
        cooldown = cooldown == null ? COOLDOWN : cooldown;
        maxCooldown = maxCooldown == null ? LONGEST.compareTo(cooldown) < 0 ? cooldown : LONGEST : maxCooldown;
        rateLimited = rateLimited == null ? RateLimited.Open : rateLimited;
        InvalidField.check(scope.isEmpty() || !scope.get().isBlank() && scope.get().length() <= 253, "scope", "must have 1 to 253 characters");
        within("consecutiveFailures", consecutiveFailures, 1, 1_000);
        within("failurePercent", failurePercent, 1, 100);
        within("minimumRequests", minimumRequests, 1, 1_000_000);
        within("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
        within("cooldown", cooldown, Duration.ofMillis(100), Duration.ofHours(1));
        within("maxCooldown", maxCooldown, cooldown, Duration.ofHours(24));
        slow.ifPresent(limit -> within("slow", limit, Duration.ofMillis(10), Duration.ofMinutes(10)));
    }

    private static <T extends Comparable<T>> void within(String field, T value, T least, T most) {
        InvalidField.check(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, field, "must be " + least + " to " + most);
    }
}
