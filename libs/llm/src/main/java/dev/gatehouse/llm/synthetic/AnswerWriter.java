package dev.gatehouse.llm.synthetic;

import dev.gatehouse.llm.LlmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes answers to one request, in the format and the form that it asks for: one JSON, server-sent events, an array of JSON, or AWS's
 * event stream. Each has an id of its own.
 */
public final class AnswerWriter {

    private static final int MOST_PIECES = 200;

    private final Composer composer;
    private final Framing framing;
    private final Ids ids;

    private AnswerWriter(Composer composer, Framing framing, Ids ids) {
        this.composer = composer;
        this.framing = framing;
        this.ids = ids;
    }

    /** Empty for requests that no text answers: embeddings, MCP. */
    public static Optional<AnswerWriter> of(LlmRequest request, Ids ids) {
        return Composer.of(request).map(composer -> new AnswerWriter(composer, Framing.of(request), ids));
    }

    /** Of what is written. */
    public String contentType() {
        return framing.contentType;
    }

    public boolean isStream() {
        return framing != Framing.JSON;
    }

    /**
     * The answer piece by piece: one piece where it is one JSON; else an event each, with about one word of the text, more where it is
     * longer than two hundred words.
     */
    public Stream<byte[]> pieces(SyntheticAnswer answer) {
        if (!isStream()) {
            return Stream.of(framing.frame(new Composer.Event("", composer.whole(answer, ids.next())), true));
        }
        List<Composer.Event> events = composer.events(answer, ids.next(), words(answer));
        Stream<byte[]> framed = IntStream.range(0, events.size()).mapToObj(at -> framing.frame(events.get(at), at == 0));
        return Stream.concat(framed, Stream.of(framing.end()).filter(end -> end.length > 0));
    }

    private static List<List<String>> words(SyntheticAnswer answer) {
        int most = Math.max(1, MOST_PIECES / answer.texts().size());
        List<List<String>> words = new ArrayList<>();
        answer.texts().forEach(text -> words.add(WordPieces.of(text, most)));
        return words;
    }
}
