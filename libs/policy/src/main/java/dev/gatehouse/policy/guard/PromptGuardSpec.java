package dev.gatehouse.policy.guard;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.document.ByteSize;
import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import dev.gatehouse.policy.identity.IdentityBlock;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a prompt guard does.
 *
 * @param targetRefs    1 to 16
 * @param failureMode   what a timeout or a fault of the guard does; FailClosed by default
 * @param timeout       for one decision, 1 ms to 1 min; 200 ms by default
 * @param mode          Shadow makes every rule, and {@code uninspectable}, only report; Enforce by default
 * @param maxBodyBytes  the most of a request that is read, 1 KiB to 1 GiB; 10 MiB by default. A longer one falls under
 *                      {@code uninspectable.incompleteBodies}
 * @param identity      how the guard learns who asks
 * @param unmask        whether answers get the values back that placeholders stand for; Restore by default
 * @param uninspectable what to do with content that cannot be read
 * @param rules         1 to 64, with unique names
 */
public record PromptGuardSpec(
        @Required @Size(min = 1, max = 16) List<TargetRef> targetRefs, @Default("FailClosed") FailureMode failureMode,
        @Default("200ms") @ValidationRule(value = Schemas.UP_TO_A_MINUTE, message = "must be 1ms to 1m") Duration timeout,
        @Default("Enforce") Mode mode,
        @Default("10Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('1Ki')) >= 0 && quantity(string(self)).compareTo(quantity('1Gi')) <= 0", message = "must be 1Ki to 1Gi") ByteSize maxBodyBytes,
        IdentityBlock identity, @Default("Restore") Unmask unmask, Uninspectable uninspectable, @Required @Size(min = 1, max = 64) List<GuardRule> rules) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);

    public PromptGuardSpec {
        failureMode = failureMode == null ? FailureMode.FailClosed : failureMode;
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        mode = mode == null ? Mode.Enforce : mode;
        maxBodyBytes = maxBodyBytes == null ? ByteSize.ofMebibytes(10) : maxBodyBytes;
        identity = identity == null ? IdentityBlock.DEFAULT : identity;
        unmask = unmask == null ? Unmask.Restore : unmask;
        uninspectable = uninspectable == null ? Uninspectable.DEFAULT : uninspectable;
        InvalidField.check(!targetRefs.isEmpty() && targetRefs.size() <= 16, "targetRefs", "must be 1 to 16, are " + targetRefs.size());
        InvalidField.check(Durations.within(timeout, "1ms", "1m"), "timeout", "must be 1ms to 1m");
        InvalidField.check(maxBodyBytes.bytes() >= 1024 && maxBodyBytes.bytes() <= 1 << 30, "maxBodyBytes", "must be 1Ki to 1Gi");
        InvalidField.check(!rules.isEmpty() && rules.size() <= 64, "rules", "must be 1 to 64, are " + rules.size());
        refuseEqualNames(rules);
    }

    /** What becomes of content of a kind that cannot be read. */
    public UninspectableAction whenUninspectable(Uninspectable.Content content) {
        return uninspectable.when(content, failureMode);
    }

    private static void refuseEqualNames(List<GuardRule> rules) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            String name = rules.get(i).name();
            InvalidField.check(names.add(name), "rules[" + i + "].name", "is taken by another rule: " + name);
        }
    }
}
