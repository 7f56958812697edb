package dev.gatehouse.cache.answer;

import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.synthetic.AnswerWriter;
import dev.gatehouse.llm.synthetic.Ids;
import dev.gatehouse.llm.synthetic.SyntheticAnswer;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Gives a kept answer to a client that asks now, in the format and the form that it asks for, whatever it was kept from. It has a new
 * id and the time of now; its usage is the old one with all input said to be read from a cache, in the format's own field.
 *
 * @param clock tells the time that the answer has
 * @param ids   of answers
 */
public record Replay(InstantSource clock, Ids ids) {

    /** The answer as a reply of 200; empty for requests that no text answers. */
    public Optional<LocalReply> of(StoredAnswer answer, LlmRequest request) {
        return AnswerWriter.of(request, ids).map(writer -> reply(writer, synthetic(answer)));
    }

    private static LocalReply reply(AnswerWriter writer, SyntheticAnswer answer) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.pieces(answer).forEach(body::writeBytes);
        Headers headers = Headers.of("content-type", writer.contentType());
        return new LocalReply(200, headers, body.toByteArray(), HandOver.none());
    }

    private SyntheticAnswer synthetic(StoredAnswer answer) {
        return new SyntheticAnswer(answer.model(), clock.instant(), answer.texts(), answer.stopSequence(), answer.thinking(), cached(answer.usage()));
    }

    private static Usage cached(Usage usage) {
        OptionalLong none = OptionalLong.empty();
        return new Usage(usage.input(), usage.output(), usage.input(), none, usage.reasoning(), none, none);
    }
}
