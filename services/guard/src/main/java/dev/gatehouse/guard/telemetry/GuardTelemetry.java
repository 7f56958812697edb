package dev.gatehouse.guard.telemetry;

import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.inspect.Hit;
import dev.gatehouse.guard.inspect.Judgement;
import dev.gatehouse.guard.inspect.Objection;
import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.guard.prompt.Prompt;
import dev.gatehouse.guard.unmask.Unmasker;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.identity.Provenance;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Records judgements. Meters: {@code gatehouse.guard.verdicts} (tags policy, verdict) and {@code gatehouse.guard.findings} (tags policy,
 * rule, detector, category, action), {@code gatehouse.guard.restored} (placeholders put back into answers; tag policy) and
 * {@code gatehouse.guard.answers.unread} (events or whole answers that could not be read for that; tag policy). All are counters.
 */
public record GuardTelemetry(MeterRegistry meters) {

    /** A model's name is the client's: any text, of any length. */
    private static final int MAX_MODEL_LENGTH = 128;
    private static final Logger LOG = Logger.getLogger("dev.gatehouse.guard");

    /** Counts a judgement, puts it on the current span, and logs a block, with whose request it was. */
    public void record(CompiledGuard guard, Prompt prompt, Judgement judgement, Provenance provenance) {
        Verdict verdict = judgement.verdict();
        meters.counter("gatehouse.guard.verdicts", "policy", guard.name(), "verdict", verdict.name()).increment();
        judgement.hits().forEach(hit -> count(guard, hit));
        judgement.objections().forEach(objection -> count(guard, objection));
        describe(Span.current(), guard, prompt, verdict);
        if (verdict == Verdict.Block) {
            LOG.infof("blocked: policy=%s rules=%s %s", guard.name(), blockers(judgement), provenance);
        }
    }

    /** Counts what was put back into an answer. */
    public void unmasked(CompiledGuard guard, Unmasker unmasker) {
        meters.counter("gatehouse.guard.restored", "policy", guard.name()).increment(unmasker.restored());
        meters.counter("gatehouse.guard.answers.unread", "policy", guard.name()).increment(unmasker.unread());
    }

    private void count(CompiledGuard guard, Hit hit) {
        count(guard, hit.rule().name(), hit.finding().detector(), hit.finding().category(), hit.verdict());
    }

    private void count(CompiledGuard guard, Objection objection) {
        count(guard, "uninspectable", "uninspectable", objection.kind(), objection.verdict());
    }

    private void count(CompiledGuard guard, String rule, String detector, String category, Verdict action) {
        meters.counter("gatehouse.guard.findings", "policy", guard.name(), "rule", rule, "detector", detector, "category", category,
                "action", action.name()).increment();
    }

    private static void describe(Span span, CompiledGuard guard, Prompt prompt, Verdict verdict) {
        span.setAttribute("gatehouse.policy.id", guard.name());
        span.setAttribute("gatehouse.guard.verdict", verdict.name());
        prompt.request().flatMap(LlmRequest::model).ifPresent(model -> span.setAttribute("gen_ai.request.model", bounded(model)));
    }

    private static String bounded(String model) {
        return model.length() <= MAX_MODEL_LENGTH ? model : model.substring(0, MAX_MODEL_LENGTH);
    }

    private static String blockers(Judgement judgement) {
        String rules = judgement.hits(Verdict.Block).stream().map(hit -> hit.rule().name()).distinct().collect(Collectors.joining(","));
        return rules.isEmpty() ? "uninspectable" : rules;
    }
}
