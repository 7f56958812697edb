package dev.gatehouse.guard.compile;

import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.guard.GuardRule;
import dev.gatehouse.policy.guard.PromptGuardPolicy;
import dev.gatehouse.policy.guard.PromptGuardSpec;
import java.util.ArrayList;
import java.util.List;

/** Makes a policy's detectors, and refuses what only the detectors can know, such as an unknown entity. Thread-safe. */
public final class GuardCompiler implements Compiler<PromptGuardPolicy, CompiledGuard> {

    private final Scans scans = new Scans();

    @Override
    public CompiledGuard compile(PromptGuardPolicy policy) {
        PromptGuardSpec spec = policy.spec();
        List<CompiledRule> rules = new ArrayList<>(spec.rules().size());
        for (int i = 0; i < spec.rules().size(); i++) {
            rules.add(compile(spec.rules().get(i), spec.mode(), "spec.rules[" + i + "]"));
        }
        return new CompiledGuard(policy, rules);
    }

    private CompiledRule compile(GuardRule rule, Mode policyMode, String field) {
        return new CompiledRule(rule.name(), effect(rule, policyMode), rule.reads(), rule.maskStyleOrDefault(),
                rule.minimumScoreOrDefault(), rule.anomaly().isEmpty(), scans.of(rule.detection(), rule.minimumScoreOrDefault(), field));
    }

    private static Verdict effect(GuardRule rule, Mode policyMode) {
        if (rule.modeIn(policyMode) == Mode.Shadow) {
            return Verdict.Report;
        }
        return switch (rule.action()) {
            case Block -> Verdict.Block;
            case Mask -> Verdict.Mask;
            case Report -> Verdict.Report;
        };
    }
}
