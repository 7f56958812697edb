package dev.gatehouse.cache.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.synthetic.Thinking;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of an answer: all that another client needs to read it, in no format. It ended by itself and is one choice of text.
 *
 * @param format       it came in
 * @param streamed     whether it came as a stream
 * @param model        that gave it, as its provider names it; empty where the format does not say
 * @param texts        its blocks in order, at least one; none is empty
 * @param thinking     that it shows before its text
 * @param stopSequence of the request, at which it ended
 * @param usage        tokens that it cost
 * @param riskVerdict  of response-risk, where it was installed
 */
public record StoredAnswer(
        Format format, boolean streamed, String model, List<String> texts, Optional<Thinking> thinking, Optional<String> stopSequence, Usage usage, Optional<String> riskVerdict) {

    public StoredAnswer {
        texts = List.copyOf(texts);
    }

    /** All blocks, joined. */
    public String text() {
        return String.join("", texts);
    }

    /** As bytes, compressed where that pays; {@link #decoded} reads them. */
    public byte[] encoded() {
        return AnswerCodec.encode(this);
    }

    /** Empty for another version's, and for what is damaged. */
    public static Optional<StoredAnswer> decoded(byte[] bytes) {
        return AnswerCodec.decode(bytes);
    }

    /** Never shows a text. */
    @Override
    public String toString() {
        return "StoredAnswer[" + format + ", " + texts.size() + " texts]";
    }
}
