package dev.gatehouse.risk.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.PlainText;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.JudgedText;
import dev.gatehouse.risk.judge.Verdict;
import dev.gatehouse.risk.reply.RiskReplies;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An answer in no known format, read as text when it is whole: every string of a JSON document, else all of it. */
final class TextFlow implements AnswerFlow {

    private final String contentType;
    private final int maxBytes;
    private final AnswerJudge judge;
    private final RiskReplies replies;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean passing;
    private boolean stopped;

    TextFlow(String contentType, int maxBytes, AnswerJudge judge, RiskReplies replies) {
        this.contentType = contentType;
        this.maxBytes = maxBytes;
        this.judge = judge;
        this.replies = replies;
    }

    @Override
    public byte[] feed(byte[] bytes) {
        if (stopped || passing) {
            return stopped ? new byte[0] : bytes;
        }
        body.writeBytes(bytes);
        return body.size() <= maxBytes ? new byte[0] : unread(Content.incompleteBodies);
    }

    @Override
    public byte[] end() {
        if (stopped || passing || body.size() == 0) {
            return new byte[0];
        }
        try {
            Optional<PlainText> text = PlainText.read(contentType, body.toByteArray());
            return text.isPresent() ? judged(text.get()) : unread(Content.binary);
        } catch (MalformedJson e) {
            return unread(Content.malformed);
        }
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    private byte[] judged(PlainText text) {
        Map<PlainText.Piece, String> changed = new HashMap<>();
        for (PlainText.Piece piece : text.pieces()) {
            JudgedText judged = judge.text(piece.jsonPath());
            String came = piece.text();
            String goes = judged.feed(came) + judged.end();
            if (!goes.equals(came)) {
                changed.put(piece, goes);
            }
        }
        return judge.stop().isPresent() ? blocked() : text.replacing(changed);
    }

    private byte[] unread(Content content) {
        judge.unreadable(content);
        passing = judge.judgement().verdict() != Verdict.Block;
        return passing ? body.toByteArray() : blocked();
    }

    private byte[] blocked() {
        stopped = true;
        ProviderErrors errors = ProviderErrors.of(Format.OPENAI_CHAT);
        return (judge.isBroken() ? replies.unjudged(errors) : replies.blocked(errors, judge.judgement())).body();
    }
}
