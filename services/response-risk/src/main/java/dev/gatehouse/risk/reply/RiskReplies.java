package dev.gatehouse.risk.reply;

import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.answer.Stop;
import dev.gatehouse.risk.judge.Hit;
import dev.gatehouse.risk.judge.Judgement;
import dev.gatehouse.risk.judge.Objection;
import dev.gatehouse.risk.judge.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** The words for answers that do not go on; {@code policy} is {@code namespace/name}. */
public record RiskReplies(String policy) {

    /** Code of an answer that is not what its format says. */
    public static final String MALFORMED = "malformed_answer";

    private static final int BLOCKED = 400;
    private static final int FAILED = 503;
    private static final String BLOCKED_CODE = "response_blocked";
    private static final String UNJUDGED = "The answer could not be judged under policy ";
    private static final String FAILED_CODE = "response_risk_error";

    /** In the place of an answer of which nothing has gone out. */
    public LocalReply blocked(ProviderErrors errors, Judgement judgement) {
        return errors.reply(BLOCKED, code(judgement), reason(judgement));
    }

    /** The end of an answer of which some has gone out: the provider's own ending of a filtered answer. */
    public Stop stopped(Judgement judgement, Usage usage) {
        return new Stop(Stop.Manner.FILTERED, BLOCKED, code(judgement), reason(judgement), usage);
    }

    /** The end of an answer that cannot be judged any further, under a policy that fails closed. */
    public Stop broken(Usage usage) {
        return new Stop(Stop.Manner.ERROR, FAILED, FAILED_CODE, "Could not be judged further under policy " + policy, usage);
    }

    /** The body in the place of a blocked answer: of a stream its one event. */
    public byte[] blocked(ProviderErrors errors, Judgement judgement, boolean stream) {
        return stream ? errors.streamEvent(BLOCKED, code(judgement), reason(judgement)) : blocked(errors, judgement).body();
    }

    /** The body in the place of an answer that could not be judged, of a stream its last event. */
    public byte[] unjudged(ProviderErrors errors, boolean stream) {
        return stream ? errors.streamEvent(FAILED, FAILED_CODE, UNJUDGED + policy) : unjudged(errors).body();
    }

    /** The end of an answer that is not what its format says, so that others may read it in another way. */
    public Stop malformed() {
        return new Stop(Stop.Manner.ERROR, 502, MALFORMED, "The answer is not what its format says (policy " + policy + ")", Usage.none());
    }

    /** In the place of an answer that could not be judged, under a policy that fails closed. */
    public LocalReply unjudged(ProviderErrors errors) {
        return errors.reply(FAILED, FAILED_CODE, UNJUDGED + policy);
    }

    /** In the place of a request whose answer could not be judged in this attachment. */
    public LocalReply unsupported(ProviderErrors errors, String missing) {
        return errors.reply(FAILED, "unsupported_by_attachment", "Policy " + policy + " needs " + missing + ", which this attachment cannot do");
    }

    /** The answer when the service itself failed and the policy fails closed. */
    public LocalReply failed(Format format, Failure failure) {
        ProviderErrors errors = ProviderErrors.of(format);
        return switch (failure) {
            case Failure.TimedOut timeout -> errors.reply(FAILED, "response_risk_timeout", "Not judged in time under policy " + policy + "; try again");
            case Failure.Threw threw -> unjudged(errors);
            case Failure.Impossible impossible -> unsupported(errors, impossible.missing().name());
        };
    }

    private static String code(Judgement judgement) {
        List<Objection> objections = judgement.objections(Verdict.Block);
        return judgement.hits(Verdict.Block).isEmpty() && !objections.isEmpty() ? objections.getFirst().code() : BLOCKED_CODE;
    }

    private String reason(Judgement judgement) {
        List<Hit> hits = judgement.hits(Verdict.Block);
        if (hits.isEmpty()) {
            return "Blocked by policy " + policy + judgement.objections(Verdict.Block).stream().findFirst().map(objection -> ": " + objection.message()).orElse("");
        }
        String rules = hits.stream().map(hit -> hit.rule() + " (" + hit.finding().detector() + " " + hit.finding().category() + ")")
                .distinct().collect(Collectors.joining(", "));
        return "Blocked by policy " + policy + ", rule " + rules;
    }
}
