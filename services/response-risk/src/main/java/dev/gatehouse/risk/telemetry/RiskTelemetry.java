package dev.gatehouse.risk.telemetry;

import dev.gatehouse.policy.identity.Provenance;
import dev.gatehouse.risk.judge.Hit;
import dev.gatehouse.risk.judge.Judgement;
import dev.gatehouse.risk.judge.Objection;
import dev.gatehouse.risk.judge.Verdict;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Records what became of answers. Meters: counters {@code gatehouse.risk.verdicts} (tags policy, verdict), {@code gatehouse.risk.findings}
 * (policy, rule, detector, category, action), {@code gatehouse.risk.cut.streams} (policy) and {@code gatehouse.risk.unjudged} (policy, rule);
 * summary {@code gatehouse.risk.held.back} (policy): the most characters that an answer had held back at once.
 */
public record RiskTelemetry(MeterRegistry meters) {

    private static final Logger LOG = Logger.getLogger("dev.gatehouse.risk");

    /**
     * An answer was judged to its end, or to where it was cut.
     *
     * @param heldBack UTF-16 units that waited at once, at most
     * @param cut      whether a stream was ended before its end
     * @param whose    request this is the answer to; in the log of a block
     */
    public void record(String policy, Judgement judgement, int heldBack, boolean cut, Provenance whose) {
        Verdict verdict = judgement.verdict();
        meters.counter("gatehouse.risk.verdicts", "policy", policy, "verdict", verdict.name()).increment();
        judgement.hits().forEach(hit -> count(policy, hit));
        judgement.objections().forEach(objection -> count(policy, objection));
        judgement.failures().forEach(rule -> meters.counter("gatehouse.risk.unjudged", "policy", policy, "rule", rule).increment());
        DistributionSummary.builder("gatehouse.risk.held.back").baseUnit("characters").tag("policy", policy)
                .serviceLevelObjectives(0.5, 16, 64, 256, 1_024, 4_096, 16_384, 65_536).register(meters).record(heldBack);
        if (cut) {
            meters.counter("gatehouse.risk.cut.streams", "policy", policy).increment();
        }
        Span.current().setAttribute("gatehouse.policy.id", policy).setAttribute("gatehouse.risk.verdict", verdict.name());
        if (verdict == Verdict.Block) {
            LOG.infof("blocked: policy=%s rules=%s cut=%s %s", policy, blockers(judgement), cut, whose);
        }
        judgement.failures().forEach(rule -> LOG.warnf("not judged: policy=%s rule=%s", policy, rule));
    }

    private void count(String policy, Hit hit) {
        count(policy, hit.rule(), hit.finding().detector(), hit.finding().category(), hit.effect());
    }

    private void count(String policy, Objection objection) {
        count(policy, "uninspectable", "uninspectable", objection.kind(), objection.verdict());
    }

    private void count(String policy, String rule, String detector, String category, Verdict action) {
        meters.counter("gatehouse.risk.findings", "policy", policy, "rule", rule, "detector", detector, "category", category,
                "action", action.name()).increment();
    }

    private static String blockers(Judgement judgement) {
        String rules = judgement.hits(Verdict.Block).stream().map(Hit::rule).distinct().collect(Collectors.joining(","));
        return rules.isEmpty() ? "uninspectable" : rules;
    }
}
