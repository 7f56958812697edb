package dev.gatehouse.risk.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.answer.AnswerRewriter;
import dev.gatehouse.llm.answer.Stop;
import dev.gatehouse.llm.answer.StrandEditors;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.Verdict;
import dev.gatehouse.risk.reply.RiskReplies;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import java.util.Optional;

/** An answer in a provider's format. */
final class FormatFlow implements AnswerFlow {

    private final AnswerRewriter rewriter;
    private final AnswerJudge judge;
    private boolean told;

    FormatFlow(CompiledRisk risk, Format format, String contentType, AnswerJudge judge, StrandEditors editors) {
        this.judge = judge;
        Optional<Stop> unreadable = risk.when(Content.malformed) == Verdict.Block ? Optional.of(new RiskReplies(risk.name()).malformed()) : Optional.empty();
        this.rewriter = new AnswerRewriter(format, contentType, editors, new AnswerRewriter.Limits(risk.maxBodyBytes(), unreadable));
    }

    @Override
    public byte[] feed(byte[] bytes) {
        return told(rewriter.feed(bytes));
    }

    @Override
    public byte[] end() {
        return told(rewriter.end());
    }

    @Override
    public boolean isStopped() {
        return rewriter.stopped().isPresent();
    }

    /** An event that cannot be read is the rewriter's to see, and the judge's to hear of. */
    private byte[] told(byte[] bytes) {
        boolean stoppedUnread = rewriter.stopped().filter(stop -> stop.code().equals(RiskReplies.MALFORMED)).isPresent();
        if (!told && (stoppedUnread || rewriter.unread() > 0)) {
            told = true;
            judge.unreadable(Content.malformed);
        }
        return bytes;
    }
}
