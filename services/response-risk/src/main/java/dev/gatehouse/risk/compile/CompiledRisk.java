package dev.gatehouse.risk.compile;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.risk.ResponseRiskPolicy;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.policy.risk.UninspectableAnswers.UnreadAction;
import dev.gatehouse.risk.judge.Objection;
import dev.gatehouse.risk.judge.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * A policy and its rules, ready to run.
 *
 * @param readings rules that read the text as it comes
 * @param askings  rules that ask endpoints
 * @param timeout  for the work on one piece of an answer, with the longest wait for an endpoint
 */
public record CompiledRisk(ResponseRiskPolicy policy, List<CompiledRule.Reading> readings, List<CompiledRule.Asking> askings, Duration timeout) {

    public CompiledRisk {
        readings = List.copyOf(readings);
        askings = List.copyOf(askings);
    }

    public String name() {
        return policy.qualifiedName();
    }

    public int maxBodyBytes() {
        return policy.spec().maxBodyBytes().bytes();
    }

    /** Whether a rule compares answers with their requests. */
    public boolean needsRequest() {
        return !askings.isEmpty() || readings.stream().anyMatch(CompiledRule.Reading::needsRequest);
    }

    /** What an answer of a kind that cannot be read leads to; also where it should have been read as text and cannot. */
    public Verdict when(Content content) {
        return switch (policy.spec().whenUninspectable(content)) {
            case Allow -> Verdict.Allow;
            case Report -> Verdict.Report;
            case Block -> strictest();
            case InspectAsText -> policy.spec().failureMode() == FailureMode.FailClosed ? strictest() : Verdict.Report;
        };
    }

    /** The objection to an answer, or a part, of a kind that cannot be read. */
    public Objection objection(Content content) {
        return switch (content) {
            case malformed -> new Objection("malformed_answer", content.name(), "the answer is not what its format says", when(content));
            case incompleteBodies -> new Objection("incomplete_body", content.name(), "the answer cannot be held whole within " + maxBodyBytes() + " bytes", when(content));
            default -> new Objection("uninspectable_content", content.name(), "the answer holds what cannot be inspected (" + content.name() + ")", when(content));
        };
    }

    /** Whether a body in no known format is read as text. */
    public boolean readsUnknownFormatsAsText() {
        return policy.spec().whenUninspectable(Content.unknownFormats) == UnreadAction.InspectAsText;
    }

    /** Block, or Report for a policy in shadow mode. */
    public Verdict strictest() {
        return policy.spec().mode() == Mode.Shadow ? Verdict.Report : Verdict.Block;
    }
}
