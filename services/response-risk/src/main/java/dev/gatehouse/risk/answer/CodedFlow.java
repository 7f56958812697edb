package dev.gatehouse.risk.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.llm.coding.IncrementalDecoder;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.reply.RiskReplies;
import java.io.ByteArrayOutputStream;

/**
 * Undoes an answer's content coding as it comes. Where that fails the answer ends, whatever the policy says: the client was told that it
 * gets plain bytes, and there are none.
 */
final class CodedFlow implements AnswerFlow {

    private static final int MAX_DECODED_RATIO = 100;

    private final CompiledRisk risk;
    private final AnswerHead head;
    private final AnswerJudge judge;
    private final AnswerFlow inner;
    private final IncrementalDecoder decoder;
    private boolean undecodable;

    CodedFlow(CompiledRisk risk, AnswerHead head, AnswerJudge judge, AnswerFlow inner) {
        this.risk = risk;
        this.head = head;
        this.judge = judge;
        this.inner = inner;
        this.decoder = IncrementalDecoder.of(head.coding(), risk.maxBodyBytes(), MAX_DECODED_RATIO);
    }

    @Override
    public byte[] feed(byte[] bytes) {
        try {
            return isStopped() ? new byte[0] : inner.feed(decoder.feed(bytes));
        } catch (UndecodableBody e) {
            return undecodable();
        }
    }

    @Override
    public byte[] end() {
        if (isStopped()) {
            return new byte[0];
        }
        try {
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            rest.writeBytes(inner.feed(decoder.end()));
            rest.writeBytes(inner.end());
            return rest.toByteArray();
        } catch (UndecodableBody e) {
            return undecodable();
        }
    }

    @Override
    public boolean isStopped() {
        return undecodable || inner.isStopped();
    }

    @Override
    public void close() {
        decoder.close();
        inner.close();
    }

    private byte[] undecodable() {
        undecodable = true;
        judge.unreadable(Content.encodedBodies);
        return new RiskReplies(risk.name()).unjudged(ProviderErrors.of(head.format().orElse(Format.OPENAI_CHAT)), head.isStream());
    }
}
