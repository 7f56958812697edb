package dev.gatehouse.cache.answer;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.ResponseReader;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.IncrementalDecoder;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.StreamFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads an answer while it passes; what cannot be read or kept makes it unusable, and costs the client nothing. Not for several threads; close it. */
public final class AnswerRecorder implements AutoCloseable {

    private static final int MAX_DECODED_RATIO = 100;
    private static final Set<String> ENDED_WELL = Set.of("stop", "completed", "end_turn", "stop_sequence", "eos");

    private final Format format;
    private final ResponseReader reader;
    private final IncrementalDecoder decoder;
    private boolean readable;
    private boolean ended;

    /**
     * @param headers  of the answer: its content type tells the framing
     * @param maxBytes the largest event, or whole JSON body, that is held
     */
    public AnswerRecorder(Format format, Headers headers, int maxBytes) {
        this.format = format;
        this.reader = new ResponseReader(format, headers.first("content-type").orElse("application/json"), maxBytes);
        String coding = String.join(",", headers.all("content-encoding"));
        this.decoder = IncrementalDecoder.of(coding, maxBytes, MAX_DECODED_RATIO);
        this.readable = ContentCoding.isKnown(coding);
    }

    /** A piece of the answer has gone to the client. */
    public void feed(byte[] piece) {
        read(() -> reader.feed(decoder.feed(piece)));
    }

    /** The answer has ended properly. */
    public void end() {
        ended = true;
        read(() -> {
            reader.feed(decoder.end());
            reader.end();
        });
    }

    /** What it has come to. */
    public Recorded recorded() {
        if (!ended || !readable) {
            return new Recorded.Unusable(ended ? "unreadable" : "incomplete");
        }
        LlmResponse response = reader.response();
        List<String> reasons = response.finishReasons().stream().map(reason -> reason.toLowerCase(Locale.ROOT)).toList();
        String text = response.text(0, PartKind.TEXT);
        if (response.error().isPresent()) {
            return new Recorded.Unusable("error");
        } else if (!response.toolCalls().isEmpty()) {
            return new Recorded.Unusable("tool_calls");
        } else if (reasons.size() != 1 || !ENDED_WELL.contains(reasons.getFirst())) {
            return new Recorded.Unusable(reasons.size() == 1 ? "not_ended_well" : "incomplete");
        } else if (text.isBlank() || response.outputs().stream().anyMatch(output -> output.kind() == PartKind.REFUSAL)) {
            return new Recorded.Unusable("no_text");
        }
        return new Recorded.Complete(new StoredAnswer(format, response.model().orElse(""), text, response.usage()));
    }

    private interface Step {
        void run() throws MalformedJson, StreamFormatException, UndecodableBody;
    }

    private void read(Step step) {
        if (!readable) {
            return;
        }
        try {
            step.run();
        } catch (MalformedJson | StreamFormatException | UndecodableBody unreadable) {
            readable = false;
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
