package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much in which time.
 *
 * @param amount    above 0, at most 10^12 (Cost: at most 10^6); whole, but for Cost, which has at most 9 decimals
 * @param unit      what is counted; Tokens by default
 * @param window    {@code 1s} to {@code 31d} as in {@code 30s}, {@code 1m}, {@code 24h}, {@code 7d}, or {@code Month}: the calendar month in UTC
 * @param algorithm TokenBucket by default; FixedWindow for {@code Month}
 * @param burst     only with TokenBucket: the most that may be used at once, at most {@code amount} times 100; {@code amount} by default
 */
@ValidationRule(value = "self.unit == 'Cost' ? self.amount <= 1000000.0 : double(int(self.amount)) == self.amount", fieldPath = ".amount",
        message = "must be a whole number, but for Cost, which is at most 1000000")
@ValidationRule(value = "!has(self.burst) || (self.unit == 'Cost' ? self.burst <= 1000000.0 : double(int(self.burst)) == self.burst)",
        fieldPath = ".burst", message = "must be a whole number, but for Cost, which is at most 1000000")
@ValidationRule(value = "!has(self.burst) || (has(self.algorithm) ? self.algorithm == 'TokenBucket' : self.window != 'Month')",
        fieldPath = ".burst", message = "is only for the algorithm TokenBucket")
@ValidationRule(value = "self.window != 'Month' || !has(self.algorithm) || self.algorithm == 'FixedWindow'", fieldPath = ".algorithm",
        message = "must be FixedWindow for the window Month")
public record Quota(
        @Required @Min(value = 0, inclusive = false) @Max(1e12) BigDecimal amount, @Default("Tokens") Unit unit,
        @Required @Size(min = 2, max = 32) @Pattern(Quota.WINDOW_PATTERN)
        @ValidationRule(value = Quota.WINDOW_RANGE, message = "must be 1s to 31d, or Month") String window,
        Algorithm algorithm, @Min(value = 0, inclusive = false) @Max(1e12) Optional<BigDecimal> burst) {

    static final String WINDOW_PATTERN = "^(Month|[0-9]{1,3}d|([0-9]{1,5}h)?([0-9]{1,5}m)?([0-9]{1,5}s)?([0-9]{1,5}ms)?)$";
    static final String WINDOW_RANGE = "self == 'Month' || (self.endsWith('d') ? int(self.substring(0, size(self) - 1)) >= 1 && "
            + "int(self.substring(0, size(self) - 1)) <= 31 : duration(self) >= duration('1s') && duration(self) <= duration('744h'))";

    private static final BigDecimal MAX_COST = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000_000_000L);

    public Quota {
        InvalidField.required("amount", amount);
        InvalidField.required("window", window);
        unit = unit == null ? Unit.Tokens : unit;
        Window period = Window.parse("window", window);
        algorithm = algorithm == null ? (period.isMonth() ? Algorithm.FixedWindow : Algorithm.TokenBucket) : algorithm;
        InvalidField.check(!period.isMonth() || algorithm == Algorithm.FixedWindow, "algorithm", "must be FixedWindow for the window Month");
        checkAmount("amount", amount, unit);
        InvalidField.check(burst.isEmpty() || algorithm == Algorithm.TokenBucket, "burst", "is only for the algorithm TokenBucket");
        if (burst.isPresent()) {
            checkAmount("burst", burst.get(), unit);
        }
    }

    /** The window, read. */
    public Window period() {
        return Window.parse("window", window);
    }

    /** Of any unit. */
    static void checkRange(String field, BigDecimal amount) {
        InvalidField.check(amount.signum() > 0 && amount.compareTo(MAX_AMOUNT) <= 0, field, "must be above 0, at most " + MAX_AMOUNT.toPlainString());
    }

    static void checkAmount(String field, BigDecimal amount, Unit unit) {
        BigDecimal most = unit == Unit.Cost ? MAX_COST : MAX_AMOUNT;
        InvalidField.check(amount.signum() > 0 && amount.compareTo(most) <= 0, field, "must be above 0, at most " + most.toPlainString());
        int decimals = amount.stripTrailingZeros().scale();
        InvalidField.check(decimals <= (unit == Unit.Cost ? 9 : 0), field,
                unit == Unit.Cost ? "must have at most 9 decimals" : "must be a whole number of " + unit);
    }
}
