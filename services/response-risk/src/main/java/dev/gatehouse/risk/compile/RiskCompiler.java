package dev.gatehouse.risk.compile;

import dev.gatehouse.policy.Compiler;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.risk.ResponseRiskSpec;
import dev.gatehouse.policy.risk.RiskDetection.Moderation;
import dev.gatehouse.policy.risk.RiskRule;
import dev.gatehouse.risk.compile.CompiledRule.Asking;
import dev.gatehouse.risk.compile.CompiledRule.Reading;
import dev.gatehouse.risk.judge.Verdict;
import dev.gatehouse.risk.moderation.Moderators;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a policy's detectors and moderators, and refuses what only they can know, such as an unknown entity. Thread-safe. */
public final class RiskCompiler implements Compiler<ResponseRiskPolicy, CompiledRisk> {

    private final Moderators moderators;
    private final AnswerScans scans = new AnswerScans();

    public RiskCompiler(Moderators moderators) {
        this.moderators = moderators;
    }

    @Override
    public CompiledRisk compile(ResponseRiskPolicy policy) {
        ResponseRiskSpec spec = policy.spec();
        List<Reading> readings = new ArrayList<>();
        List<Asking> askings = new ArrayList<>();
        for (int i = 0; i < spec.rules().size(); i++) {
            RiskRule rule = spec.rules().get(i);
            String field = "spec.rules[" + i + "]";
            if (rule.moderation().isPresent()) {
                askings.add(asking(rule, rule.moderation().get(), spec.mode(), field));
            } else {
                readings.add(reading(rule, spec.mode(), field));
            }
        }
        return new CompiledRisk(policy, readings, askings, timeout(spec));
    }

    private Reading reading(RiskRule rule, Mode mode, String field) {
        return new Reading(rule.name(), effect(rule, mode), rule.parts(), rule.minimumScoreOrDefault(), AnswerScans.needsRequest(rule.detection()),
                scans.of(rule, field));
    }

    private Asking asking(RiskRule rule, Moderation moderation, Mode mode, String field) {
        return new Asking(rule.name(), effect(rule, mode), rule.parts(), rule.minimumScore().orElse(0.0), moderation.windowSize(),
                moderators.of(moderation, field + ".moderation"));
    }

    /** The rule's own work, and the longest wait for an endpoint. */
    private static Duration timeout(ResponseRiskSpec spec) {
        return spec.rules().stream().flatMap(rule -> rule.moderation().stream()).map(Moderation::timeout).max(Comparator.naturalOrder())
                .map(spec.timeout()::plus).orElse(spec.timeout());
    }

    private static Verdict effect(RiskRule rule, Mode policyMode) {
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
