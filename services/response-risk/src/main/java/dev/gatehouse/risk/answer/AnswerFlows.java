package dev.gatehouse.risk.answer;

import dev.gatehouse.llm.answer.StrandEditors;
import dev.gatehouse.policy.risk.Streaming;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.reply.RiskReplies;

/** Picks the way in which an answer is read. */
public final class AnswerFlows {

    private AnswerFlows() {}

    /** The flow of an answer whose body can be read. */
    public static AnswerFlow of(CompiledRisk risk, AnswerHead head, AnswerJudge judge) {
        return of(risk, head, judge, judge);
    }

    /** As that, with editors of the caller's between the answer and its judge. */
    public static AnswerFlow of(CompiledRisk risk, AnswerHead head, AnswerJudge judge, StrandEditors editors) {
        AnswerFlow plain = plain(risk, head, judge, editors);
        if (risk.policy().spec().streaming().mode() == Streaming.Mode.Buffer || !head.isStream()) {
            return new HeldFlow(risk, head, judge, plain);
        }
        return head.coding().isBlank() ? plain : new CodedFlow(risk, head, judge, plain);
    }

    private static AnswerFlow plain(CompiledRisk risk, AnswerHead head, AnswerJudge judge, StrandEditors editors) {
        return head.speaksItsFormat() ? new FormatFlow(risk, head.format().orElseThrow(), head.contentType(), judge, editors)
                : new TextFlow(head.contentType(), risk.maxBodyBytes(), judge, new RiskReplies(risk.name()));
    }
}
