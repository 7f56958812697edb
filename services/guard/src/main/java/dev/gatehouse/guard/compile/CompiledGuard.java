package dev.gatehouse.guard.compile;

import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.guard.MaskStyle;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.guard.Uninspectable.Content;
import dev.gatehouse.policy.guard.UninspectableAction;
import dev.gatehouse.policy.guard.Unmask;
import java.util.List;

/** A policy and its rules, ready to run. */
public record CompiledGuard(PromptGuardPolicy policy, List<CompiledRule> rules) {

    public CompiledGuard {
        rules = List.copyOf(rules);
    }

    public String name() {
        return policy.qualifiedName();
    }

    public int maxBodyBytes() {
        return (int) policy.spec().maxBodyBytes().bytes();
    }

    /** What content of a kind that cannot be read leads to. */
    public Verdict when(Content content) {
        return switch (policy.spec().whenUninspectable(content)) {
            case Allow -> Verdict.Allow;
            case Report, InspectAsText -> Verdict.Report;
            case Block -> strictest();
        };
    }

    /** Whether a body in no known format is read as text. */
    public boolean readsUnknownFormatsAsText() {
        return policy.spec().whenUninspectable(Content.unknownFormats) == UninspectableAction.InspectAsText;
    }

    /** Whether answers may have to get values back: some rule masks with placeholders, and the policy restores them. */
    public boolean restores() {
        return policy.spec().unmask() == Unmask.Restore
                && rules.stream().anyMatch(rule -> rule.effect() == Verdict.Mask && rule.style() == MaskStyle.Placeholder);
    }

    /** Block, or Report for a policy in shadow mode. */
    public Verdict strictest() {
        return policy.spec().mode() == Mode.Shadow ? Verdict.Report : Verdict.Block;
    }
}
