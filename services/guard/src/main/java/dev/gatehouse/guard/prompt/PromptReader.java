package dev.gatehouse.guard.prompt;

import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.guard.compile.CompiledGuard;
import dev.gatehouse.guard.inspect.Objection;
import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PlainText;
import dev.gatehouse.llm.Uninspectable;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.policy.guard.Uninspectable.Content;
import java.util.List;
import java.util.Optional;

/** Reads a request under a policy: its texts, and what stands in the way of reading it. */
public record PromptReader(CompiledGuard guard) {

    private static final int MAX_DECODED_RATIO = 100;

    /**
     * Reads a live request, waiting for its body.
     *
     * @throws InterruptedException when the exchange ended or timed out meanwhile
     */
    public Prompt read(Request request) throws InterruptedException {
        RequestHead head = request.head();
        Optional<Uninspectable> byHead = Formats.uninspectable(head.method(), head.headers());
        if (byHead.filter(this::needsNoBody).isPresent()) {
            return Prompt.unread(objection(byHead.get()));
        }
        Body body = request.body();
        return switch (body.extent()) {
            case WHOLE -> body.bytes().length == 0 ? Prompt.empty() : whole(head, byHead, body.bytes());
            case NOT_SENT -> expectsBody(head) ? Prompt.unread(incomplete("its body is not shown to the guard")) : Prompt.empty();
            case CUT_BY_HOST -> Prompt.unread(incomplete("its body was cut before the guard saw it"));
            case OVER_LIMIT -> Prompt.unread(incomplete("its body is longer than " + guard.maxBodyBytes() + " bytes"));
        };
    }

    /** Reads a body that is there whole, as {@link #read} does. */
    public Prompt read(String method, String path, byte[] body) {
        return decoded(method, path, "application/json", body, false);
    }

    private Prompt whole(RequestHead head, Optional<Uninspectable> byHead, byte[] bytes) {
        if (byHead.isPresent()) {
            return Prompt.unread(objection(byHead.get()));
        }
        String coding = String.join(",", head.headers().all("content-encoding"));
        String type = head.headers().first("content-type").orElse("");
        if (coding.isBlank()) {
            return decoded(head.method(), head.path(), type, bytes, false);
        }
        try {
            byte[] plain = ContentCoding.decode(coding, bytes, guard.maxBodyBytes(), MAX_DECODED_RATIO);
            return decoded(head.method(), head.path(), type, plain, true);
        } catch (UndecodableBody e) {
            return Prompt.unread(objection(new Uninspectable(Uninspectable.Kind.ENCODED_BODY, "")));
        }
    }

    private Prompt decoded(String method, String path, String type, byte[] body, boolean decoded) {
        Optional<Format> known = Formats.recognise(method, path, type);
        try {
            JsonDocument document = JsonDocument.parse(body);
            Optional<Format> format = known.or(() -> Formats.byShape(document.root()));
            return format.isPresent() ? read(LlmRequest.of(format.get(), path, document), decoded) : unknown(type, body, decoded);
        } catch (MalformedJson e) {
            return known.isPresent() ? Prompt.unread(malformed(e)) : unknown(type, body, decoded);
        }
    }

    private Prompt read(LlmRequest request, boolean decoded) {
        List<Objection> objections = request.uninspectable().stream().map(this::objection).toList();
        return Prompt.of(request, objections, decoded);
    }

    private Prompt unknown(String type, byte[] body, boolean decoded) {
        Prompt uninspectable = Prompt.unread(objection(new Uninspectable(Uninspectable.Kind.UNKNOWN_FORMAT, "")));
        if (!guard.readsUnknownFormatsAsText()) {
            return uninspectable;
        }
        try {
            return PlainText.read(type, body).map(text -> Prompt.of(text, decoded)).orElse(uninspectable);
        } catch (MalformedJson e) {
            return Prompt.unread(malformed(e));
        }
    }

    private boolean needsNoBody(Uninspectable found) {
        return found.kind() == Uninspectable.Kind.WEBSOCKET || found.kind() == Uninspectable.Kind.MULTIPART;
    }

    private static boolean expectsBody(RequestHead head) {
        return head.headers().first("content-length").filter(length -> !length.equals("0")).isPresent()
                || head.headers().first("transfer-encoding").isPresent();
    }

    private Objection objection(Uninspectable found) {
        Content content = content(found.kind());
        return new Objection("uninspectable_content", 400, content.name(), found.jsonPath(),
                "holds content that cannot be inspected (" + content.name() + ")", guard.when(content));
    }

    private Objection incomplete(String why) {
        return new Objection("incomplete_body", 413, Content.incompleteBodies.name(), "", why, guard.when(Content.incompleteBodies));
    }

    /** A document that could be read in two ways is refused by every policy that enforces, whatever its failure mode. */
    private Objection malformed(MalformedJson e) {
        return new Objection("malformed_json", 400, "malformed", "", e.getMessage(), guard.strictest());
    }

    private static Content content(Uninspectable.Kind kind) {
        return switch (kind) {
            case IMAGE, VIDEO -> Content.images;
            case FILE -> Content.files;
            case AUDIO -> Content.audio;
            case STORED_TEXT -> Content.storedText;
            case TOKENS -> Content.tokens;
            case UNKNOWN_PART, UNKNOWN_FORMAT -> Content.unknownFormats;
            case MULTIPART -> Content.multipart;
            case WEBSOCKET -> Content.webSocket;
            case ENCODED_BODY -> Content.encodedBodies;
        };
    }
}
