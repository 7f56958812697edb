package dev.gatehouse.cache.answer;

import dev.gatehouse.cache.answer.Recorded.Complete;
import dev.gatehouse.cache.answer.Recorded.NotStorable;
import dev.gatehouse.cache.answer.Recorded.Why;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.ResponseReader;
import dev.gatehouse.llm.coding.IncrementalDecoder;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.StreamFormatException;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a live answer while it passes to its client, and says at its end whether it can be kept. Holds no chunk longer than its event
 * needs to become whole. One recorder reads one answer, on one thread; an answer that is aborted is never told to have ended, and so
 * nothing is kept of it.
 */
public final class AnswerRecorder {

    private static final int OK = 200;
    private static final int MAX_DECODED_RATIO = 100;

    private final Format format;
    private final int maxBytes;
    private final boolean streamed;
    private final IncrementalDecoder decoder;
    private final ResponseReader reader;
    private final Extras extras;
    private Optional<Why> why;
    private long decoded;

    /**
     * @param format   of the request that is answered
     * @param maxBytes most bytes of the answer, decoded, that are read
     */
    public AnswerRecorder(Format format, ResponseHead head, int maxBytes) {
        String type = head.headers().first("content-type").orElse("");
        this.format = format;
        this.maxBytes = maxBytes;
        this.streamed = type.toLowerCase(Locale.ROOT).contains("event");
        this.decoder = IncrementalDecoder.of(String.join(",", head.headers().all("content-encoding")), maxBytes, MAX_DECODED_RATIO);
        this.extras = new Extras(format);
        this.reader = new ResponseReader(format, type, maxBytes, extras::see);
        this.why = head.status() == OK ? Optional.empty() : Optional.of(Why.status);
    }

    /** Takes more of the body, as it came. Never throws. */
    public void feed(byte[] chunk) {
        read(() -> take(decoder.feed(chunk)));
    }

    /** Whether it is known already that the answer is not kept: what is fed from here on changes nothing. */
    public boolean isGivenUp() {
        return why.isPresent();
    }

    /**
     * The body has ended, by itself.
     *
     * @param riskVerdict of response-risk, as it was handed over
     */
    public Recorded end(Optional<String> riskVerdict) {
        read(() -> {
            take(decoder.end());
            reader.end();
        });
        decoder.close();
        return why.<Recorded>map(NotStorable::new).orElseGet(() -> judged(reader.response(), riskVerdict));
    }

    /** The answer is given up: frees what is held. */
    public void abandon() {
        decoder.close();
    }

    private interface Reading {
        void run() throws UndecodableBody, MalformedJson, StreamFormatException;
    }

    private void read(Reading reading) {
        if (why.isPresent()) {
            return;
        }
        try {
            reading.run();
        } catch (UndecodableBody e) {
            why = Optional.of(e.reason() == UndecodableBody.Reason.TOO_LARGE ? Why.too_large : Why.undecodable);
        } catch (MalformedJson | StreamFormatException e) {
            why = Optional.of(Why.malformed);
        }
    }

    private void take(byte[] bytes) throws MalformedJson, StreamFormatException {
        decoded += bytes.length;
        if (decoded > maxBytes) {
            why = Optional.of(Why.too_large);
        } else {
            reader.feed(bytes);
        }
    }

    private Recorded judged(LlmResponse response, Optional<String> riskVerdict) {
        Optional<Why> not = Verdict.of(response).or(() -> extras.why(response));
        return not.<Recorded>map(NotStorable::new).orElseGet(() -> new Complete(new StoredAnswer(
                format, streamed, response.model().orElse(""),
                response.outputs().stream().filter(output -> output.kind() == PartKind.TEXT).map(LlmResponse.Output::text).toList(),
                extras.thinking(response), extras.stopSequence(), response.usage(), riskVerdict)));
    }
}
