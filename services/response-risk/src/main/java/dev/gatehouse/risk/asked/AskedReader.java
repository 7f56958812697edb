package dev.gatehouse.risk.asked;

import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.Formats;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.llm.coding.ContentCoding;
import dev.gatehouse.llm.coding.UndecodableBody;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Keeps of a request what its answer is judged by. A request that cannot be read leaves nothing to compare with: that is the guard's to
 * refuse, not ours.
 *
 * @param maxBodyBytes bound of a decoded body
 */
public record AskedReader(int maxBodyBytes) {

    private static final int MAX_DECODED_RATIO = 100;
    /** UTF-16 units of each kind of text that are kept, so that an exchange in flight stays small. */
    private static final int MAX_KEPT = 256 << 10;

    /** What the head alone tells. */
    public static Optional<Format> format(RequestHead head) {
        return Formats.recognise(head.method(), head.path(), head.headers().first("content-type").orElse("application/json"));
    }

    /**
     * Reads a live request, waiting for its body.
     *
     * @throws InterruptedException when the exchange ended or timed out meanwhile
     */
    public Asked read(Request request) throws InterruptedException {
        RequestHead head = request.head();
        Body body = request.body();
        Asked unread = Asked.unread(format(head), head.path());
        if (!body.isWhole() || body.bytes().length == 0) {
            return unread;
        }
        try {
            String coding = String.join(",", head.headers().all("content-encoding"));
            byte[] plain = coding.isBlank() ? body.bytes() : ContentCoding.decode(coding, body.bytes(), maxBodyBytes, MAX_DECODED_RATIO);
            return read(format(head), head.path(), plain);
        } catch (UndecodableBody | MalformedJson e) {
            return unread;
        }
    }

    /** Reads a request's body; {@code format} is what its head told. */
    public Asked read(Optional<Format> format, String path, byte[] body) throws MalformedJson {
        JsonDocument document = JsonDocument.parse(body);
        Optional<Format> known = format.or(() -> Formats.byShape(document.root()));
        return known.isPresent() ? of(LlmRequest.of(known.get(), path, document)) : Asked.unread(known, path);
    }

    private static Asked of(LlmRequest request) {
        List<String> system = new ArrayList<>();
        Deque<String> prompt = new ArrayDeque<>();
        for (TextPart part : request.parts()) {
            if (part.role() == Role.SYSTEM || part.role() == Role.DEVELOPER) {
                system.add(part.text());
            } else if (part.role() != Role.ASSISTANT && part.kind() != PartKind.TOOL_DEFINITION && part.kind() != PartKind.NAME) {
                prompt.add(part.text());
            }
        }
        return new Asked(Optional.of(request.format()), request.path(), request.rpcId(), firstOf(system), lastOf(prompt), schema(request));
    }

    private static List<String> firstOf(List<String> texts) {
        List<String> kept = new ArrayList<>();
        int room = MAX_KEPT;
        for (String text : texts) {
            kept.add(text.substring(0, Math.min(text.length(), room)));
            room -= kept.getLast().length();
        }
        return kept;
    }

    private static List<String> lastOf(Deque<String> texts) {
        Deque<String> kept = new ArrayDeque<>();
        int room = MAX_KEPT;
        while (!texts.isEmpty() && room > 0) {
            String text = texts.removeLast();
            kept.addFirst(text.substring(Math.max(0, text.length() - room)));
            room -= kept.getFirst().length();
        }
        return List.copyOf(kept);
    }

    private static Optional<String> schema(LlmRequest request) {
        JsonValue root = request.root();
        JsonValue schema = switch (request.format()) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS -> root.get("response_format").get("json_schema").get("schema");
            case OPENAI_RESPONSES -> root.get("text").get("format").get("schema");
            case ANTHROPIC_MESSAGES -> either(root.get("output_format").get("schema"), root.get("output_config").get("format").get("schema"));
            case GEMINI_GENERATE -> either(root.get("generationConfig").get("responseJsonSchema"),
                    root.get("generation_config").get("response_json_schema"));
            default -> root.get("");
        };
        return schema.is(JsonValue.Kind.OBJECT) ? Optional.of(schema.raw()) : Optional.empty();
    }

    private static JsonValue either(JsonValue one, JsonValue other) {
        return one.is(JsonValue.Kind.OBJECT) ? one : other;
    }
}
