package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ResponseDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.FrameDecoder;
import dev.gatehouse.llm.stream.JsonPiece;
import dev.gatehouse.llm.stream.SseEvent;
import dev.gatehouse.llm.stream.Unframed;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Takes the body of a provider's answer, split anywhere and without content coding, and gives the body that the client gets: the
 * same events in the same order, with edited texts. Events keep their ids, roles, indexes, finish reasons, usage, names and comments;
 * an event that nothing changes in keeps every byte.
 *
 * <ul>
 * <li>What an editor holds goes out with a later piece of its text; at the end of the text in the last event of it that is still
 * here, else in an event of its own before the one that ends it. Such an event is numbered, and those after it one higher, where
 * the format numbers its events. An event whose text is all held goes out with an empty text.
 * <li>Where a format says a text again as a whole, the client reads there what it read in pieces.
 * <li>A body that is one JSON value is held until it is whole; a stream until each of its events is.
 * <li>An event that is no JSON, or larger than allowed, or a broken framing: see {@link Limits#unreadable}.
 * </ul>
 *
 * <p>One rewriter rewrites one answer, on one thread at a time.
 */
public final class AnswerRewriter {

    /**
     * Bounds, and what becomes of what cannot be read within them.
     *
     * @param maxFrameBytes largest event, or whole JSON body, that is held, in bytes
     * @param unreadable    how the answer ends at an event that cannot be read; empty to let such an event pass as it came, and all
     *                      that follows where the framing itself is broken
     */
    public record Limits(int maxFrameBytes, Optional<Stop> unreadable) {

        /** What cannot be read passes. */
        public static Limits passing(int maxFrameBytes) {
            return new Limits(maxFrameBytes, Optional.empty());
        }
    }

    private final Format format;
    private final Optional<AnswerDialect> dialect;
    private final StrandEditors editors;
    private final Limits limits;
    private final FrameDecoder decoder;
    private final Strands strands;
    private final Endings endings;
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Optional<Stop> stopped = Optional.empty();
    private Optional<String> answerId = Optional.empty();
    private long inserted;
    private int unread;
    private boolean ending;

    /**
     * @param format      of the request that is answered
     * @param contentType of the answer; tells the framing
     */
    public AnswerRewriter(Format format, String contentType, StrandEditors editors, Limits limits) {
        this.format = format;
        this.dialect = AnswerDialect.of(format);
        this.editors = editors;
        this.limits = limits;
        this.decoder = FrameDecoder.of(contentType, limits.maxFrameBytes());
        this.strands = new Strands(editors, dialect.filter(AnswerDialect::repeats).map(repeats -> limits.maxFrameBytes()).orElse(0));
        this.endings = new Endings(format, contentType);
    }

    /**
     * Takes more bytes.
     *
     * @return what goes on to the client now; nothing once the answer was stopped
     */
    public byte[] feed(byte[] bytes) {
        for (Frame frame : stopped.isPresent() ? List.<Frame>of() : decoder.feed(bytes)) {
            take(frame);
        }
        return sent();
    }

    /** The body has ended: what is still held. */
    public byte[] end() {
        ending = true;
        for (Frame frame : stopped.isPresent() ? List.<Frame>of() : decoder.end()) {
            take(frame);
        }
        if (stopped.isEmpty()) {
            sendRests();
        }
        return sent();
    }

    /** Ends the answer here. What is held is dropped, and so is all that is fed later. */
    public byte[] stop(Stop how) {
        if (stopped.isEmpty()) {
            endWith(how);
        }
        return sent();
    }

    /** How the answer was stopped, by {@link #stop}, an editor, or an event that could not be read. */
    public Optional<Stop> stopped() {
        return stopped;
    }

    /** The provider's id of the answer, once an event has told it. */
    public Optional<String> answerId() {
        return answerId;
    }

    /** How many events passed although they could not be read. */
    public int unread() {
        return unread;
    }

    private byte[] sent() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private void take(Frame frame) {
        if (stopped.isPresent()) {
            return;
        }
        if (frame instanceof Unframed) {
            unreadable(frame);
        } else if (frame.json().isPresent()) {
            takeJson(frame, frame.json().get());
        } else {
            boolean ends = ending || frame instanceof SseEvent event && event.isDone();
            passRaw(frame, ends);
        }
    }

    private void takeJson(Frame frame, byte[] json) {
        try {
            edit(frame, ResponseDocument.parse(format, json));
        } catch (MalformedJson e) {
            unreadable(frame);
        }
    }

    private void edit(Frame frame, ResponseDocument document) {
        EventEdit edit = new EventEdit(frame, document, strands, editors::keepsLogprobs, inserted);
        dialect.ifPresent(known -> known.read(document.root(), edit));
        edit.takeOtherTexts();
        if (ending || frame instanceof JsonPiece piece && !piece.inArray()) {
            edit.ends(strand -> true);
        }
        Optional<Stop> stop = editors.stop();
        if (stop.isPresent()) {
            endWith(stop.get());
        } else if (strands.areTooMany()) {
            unreadable(frame);
        } else {
            send(edit);
            endings.passed(frame, document.root());
            answerId = answerId.or(() -> id(document.root()));
        }
        strands.tidy();
    }

    private static Optional<String> id(JsonValue root) {
        return root.get("response").get("id").string().or(() -> root.get("message").get("id").string()).or(() -> root.get("id").string());
    }

    private void send(EventEdit edit) {
        int before = 0;
        for (OwnEvent event : OwnEvent.of(edit.rests(), dialect)) {
            if (edit.isNumbered()) {
                event.number(edit.numberBefore(before));
            }
            send(event.frame());
            before++;
        }
        send(edit.edited(before));
        inserted += before;
    }

    private void sendRests() {
        List<EventEdit.Rest> rests = strands.open(strand -> true).stream()
                .map(strand -> new EventEdit.Rest(strand, strand.end())).filter(rest -> !rest.text().isEmpty()).toList();
        editors.stop().ifPresentOrElse(this::endWith, () -> OwnEvent.of(rests, dialect).forEach(event -> send(event.frame())));
    }

    private void unreadable(Frame frame) {
        if (limits.unreadable().isPresent()) {
            endWith(limits.unreadable().get());
        } else {
            unread++;
            passRaw(frame, ending || frame instanceof Unframed);
        }
    }

    /** What follows an end, or a broken frame, could not take an event of ours any more: rests go before it. */
    private void passRaw(Frame frame, boolean ends) {
        if (ends) {
            sendRests();
        }
        if (stopped.isEmpty()) {
            send(frame);
        }
    }

    private void endWith(Stop how) {
        stopped = Optional.of(how);
        out.writeBytes(endings.ending(how));
    }

    private void send(Frame frame) {
        out.writeBytes(frame.encode());
    }
}
