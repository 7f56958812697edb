package dev.gatehouse.policy.risk;

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
 * What is done about risky answers.
 *
 * @param targetRefs    1 to 16
 * @param failureMode   what a timeout or a fault of the service does; FailClosed by default
 * @param timeout       for the work on one piece of an answer as it comes, 1 ms to 1 min; 200 ms by default. What a slow rule waits for
 *                      its endpoint has a timeout of its own
 * @param mode          Shadow makes every rule, and {@code uninspectable}, only report; Enforce by default
 * @param streaming     what may pass on while the answer is still being judged; HoldBack by default
 * @param maxBodyBytes  the most of an answer that is held at once, and of a request's texts that is kept to compare it with: a whole JSON
 *                      body, one event of a stream; 1 KiB to 1 GiB, 10 MiB by default
 * @param identity      how the service learns who asks
 * @param uninspectable what to do with answers that cannot be read
 * @param logprobs      what becomes of log probabilities; DropWhereChanged by default
 * @param rules         1 to 64, with unique names
 */
@ValidationRule(value = ResponseRiskSpec.MASKS_IN_TIME, fieldPath = ".rules",
        message = "action cannot be Mask for moderation with streaming mode Concurrent, which has sent the text on before it is judged")
public record ResponseRiskSpec(
        @Required @Size(min = 1, max = 16) List<TargetRef> targetRefs, @Default("FailClosed") FailureMode failureMode,
        @Default("200ms") @ValidationRule(value = Schemas.UP_TO_A_MINUTE, message = "must be 1ms to 1m") Duration timeout,
        @Default("Enforce") Mode mode, Streaming streaming,
        @Default("10Mi") @ValidationRule(value = "quantity(string(self)).compareTo(quantity('1Ki')) >= 0 && quantity(string(self)).compareTo(quantity('1Gi')) <= 0", message = "must be 1Ki to 1Gi") ByteSize maxBodyBytes,
        IdentityBlock identity, UninspectableAnswers uninspectable, @Default("DropWhereChanged") Logprobs logprobs,
        @Required @Size(min = 1, max = 64) List<RiskRule> rules) {

    static final String MASKS_IN_TIME = "!has(self.streaming) || self.streaming.mode != 'Concurrent' || "
            + "self.rules.all(rule, !has(rule.moderation) || rule.action != 'Mask')";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(200);

    public ResponseRiskSpec {
        failureMode = failureMode == null ? FailureMode.FailClosed : failureMode;
        timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
        mode = mode == null ? Mode.Enforce : mode;
        streaming = streaming == null ? Streaming.DEFAULT : streaming;
        maxBodyBytes = maxBodyBytes == null ? ByteSize.ofMebibytes(10) : maxBodyBytes;
        identity = identity == null ? IdentityBlock.DEFAULT : identity;
        uninspectable = uninspectable == null ? UninspectableAnswers.DEFAULT : uninspectable;
        logprobs = logprobs == null ? Logprobs.DropWhereChanged : logprobs;
        InvalidField.check(!targetRefs.isEmpty() && targetRefs.size() <= 16, "targetRefs", "must be 1 to 16, are " + targetRefs.size());
        InvalidField.check(Durations.within(timeout, "1ms", "1m"), "timeout", "must be 1ms to 1m");
        InvalidField.check(maxBodyBytes.bytes() >= 1024 && maxBodyBytes.bytes() <= 1 << 30, "maxBodyBytes", "must be 1Ki to 1Gi");
        InvalidField.check(!rules.isEmpty() && rules.size() <= 64, "rules", "must be 1 to 64, are " + rules.size());
        refuseEqualNames(rules);
        refuseLateMasks(rules, streaming);
    }

    /** What becomes of an answer, or a part, of a kind that cannot be read. */
    public UninspectableAnswers.UnreadAction whenUninspectable(UninspectableAnswers.Content content) {
        return uninspectable.when(content, failureMode);
    }

    private static void refuseEqualNames(List<RiskRule> rules) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            String name = rules.get(i).name();
            InvalidField.check(names.add(name), "rules[" + i + "].name", "is taken by another rule: " + name);
        }
    }

    private static void refuseLateMasks(List<RiskRule> rules, Streaming streaming) {
        for (int i = 0; i < rules.size(); i++) {
            boolean late = rules.get(i).moderation().isPresent() && streaming.mode() == Streaming.Mode.Concurrent;
            InvalidField.check(!late || rules.get(i).action() != RiskAction.Mask, "rules[" + i + "].action",
                    "cannot be Mask for moderation with streaming mode Concurrent, which has sent the text on before it is judged");
        }
    }
}
