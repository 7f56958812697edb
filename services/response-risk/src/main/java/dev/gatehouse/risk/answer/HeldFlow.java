package dev.gatehouse.risk.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.Verdict;
import dev.gatehouse.risk.reply.RiskReplies;
import java.io.ByteArrayOutputStream;

/** Holds an answer until it is whole, undoes its content coding, and then judges it at once: nothing of what is refused has gone out. */
final class HeldFlow implements AnswerFlow {

    private static final int MAX_DECODED_RATIO = 100;

    private final CompiledRisk risk;
    private final AnswerHead head;
    private final AnswerJudge judge;
    private final AnswerFlow inner;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean passing;
    private boolean stopped;

    HeldFlow(CompiledRisk risk, AnswerHead head, AnswerJudge judge, AnswerFlow inner) {
        this.risk = risk;
        this.head = head;
        this.judge = judge;
        this.inner = inner;
    }

    @Override
    public byte[] feed(byte[] bytes) {
        if (stopped || passing) {
            return stopped ? new byte[0] : bytes;
        }
        held.writeBytes(bytes);
        return held.size() <= risk.maxBodyBytes() ? new byte[0] : unread(Content.incompleteBodies);
    }

    @Override
    public byte[] end() {
        if (stopped || passing) {
            return new byte[0];
        }
        try {
            return judged(head.coding().isBlank() ? held.toByteArray()
                    : ContentCoding.decode(head.coding(), held.toByteArray(), risk.maxBodyBytes(), MAX_DECODED_RATIO));
        } catch (UndecodableBody e) {
            return unread(Content.encodedBodies);
        }
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    private byte[] judged(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length);
        out.writeBytes(inner.feed(plain));
        out.writeBytes(inner.end());
        return inner.isStopped() ? refused() : out.toByteArray();
    }

    /** What passes unread passes as it came, its coding included. */
    private byte[] unread(Content content) {
        judge.unreadable(content);
        passing = judge.judgement().verdict() != Verdict.Block;
        return passing ? held.toByteArray() : refused();
    }

    private byte[] refused() {
        stopped = true;
        RiskReplies replies = new RiskReplies(risk.name());
        ProviderErrors errors = ProviderErrors.of(head.format().orElse(Format.OPENAI_CHAT));
        return judge.isBroken() ? replies.unjudged(errors, head.isStream()) : replies.blocked(errors, judge.judgement(), head.isStream());
    }
}
