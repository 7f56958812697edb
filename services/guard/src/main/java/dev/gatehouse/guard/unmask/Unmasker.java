package dev.gatehouse.guard.unmask;

import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Placeholders;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Usage;
import dev.gatehouse.llm.answer.AnswerRewriter;
import dev.gatehouse.llm.answer.Stop;
import dev.gatehouse.llm.answer.Strand;
import dev.gatehouse.llm.answer.StrandEditor;
import dev.gatehouse.llm.answer.StrandEditors;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.IncrementalDecoder;
import dev.gatehouse.llm.coding.UndecodableBody;
import java.util.Optional;

/**
 * Un-masks the answer to one request. Content that a provider has signed stays as it is, since the provider refuses it changed in the
 * next turn. What cannot be read passes as it came; an answer whose content coding cannot be undone ends in an error of the provider's
 * form.
 */
public final class Unmasker implements StrandEditors {

    private static final int MAX_DECODED_RATIO = 100;
    private static final Stop UNDECODABLE = new Stop(Stop.Manner.ERROR, 502, "answer_undecodable",
            "The answer's content encoding could not be undone to put masked values back", Usage.none());

    private final Format format;
    private final Placeholders own;
    private final int maxFrameBytes;
    private Optional<String> answerId = Optional.empty();
    private int restored;
    private int unread;

    /**
     * @param format        of the request
     * @param own           the exchange's placeholders
     * @param maxFrameBytes largest event, or whole body, that is read, in bytes
     */
    public Unmasker(Format format, Placeholders own, int maxFrameBytes) {
        this.format = format;
        this.own = own;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** What becomes of the answer: its texts go through {@link Restorer}s, chunk by chunk. */
    public ResponseVerdict verdict(ResponseHead head) {
        String coding = String.join(",", head.headers().all("content-encoding"));
        String type = head.headers().first("content-type").orElse("application/json");
        if (!ContentCoding.isKnown(coding)) {
            unread++;
            return ResponseVerdict.pass();
        }
        HeaderChange headers = ContentCoding.isEncoded(coding) ? HeaderChange.none().removing("content-encoding") : HeaderChange.none();
        return new ResponseVerdict.Rewrite(headers, HandOver.none(), (in, out) -> rewrite(type, coding, in, out));
    }

    /** How many placeholders were put back. */
    public int restored() {
        return restored;
    }

    /** How many events or bodies passed, or ended, although they could not be read. */
    public int unread() {
        return unread;
    }

    /** The id by which the next turn may name this answer, where the provider keeps conversations (OpenAI's Responses). */
    public Optional<String> storedAnswer() {
        return format == Format.OPENAI_RESPONSES ? answerId : Optional.empty();
    }

    @Override
    public Optional<StrandEditor> open(Strand strand) {
        boolean editable = !strand.signed() && strand.form() != Strand.Form.JSON_NUMBER;
        return editable ? Optional.of(new Restorer(own, () -> restored++)) : Optional.empty();
    }

    private HandOver rewrite(String type, String coding, BodyRewriter.Chunks in, BodyRewriter.Sink out) throws InterruptedException {
        AnswerRewriter rewriter = new AnswerRewriter(format, type, this, AnswerRewriter.Limits.passing(maxFrameBytes));
        IncrementalDecoder decoder = IncrementalDecoder.of(coding, maxFrameBytes, MAX_DECODED_RATIO);
        try {
            for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
                send(rewriter.feed(decoder.feed(chunk)), out);
            }
            send(rewriter.feed(decoder.end()), out);
            send(rewriter.end(), out);
        } catch (UndecodableBody e) {
            unread++;
            send(rewriter.stop(UNDECODABLE), out);
        } finally {
            decoder.close();
            unread += rewriter.unread();
            answerId = rewriter.answerId();
        }
        return HandOver.none();
    }

    private static void send(byte[] bytes, BodyRewriter.Sink out) throws InterruptedException {
        if (bytes.length > 0) {
            out.write(bytes);
        }
    }
}
