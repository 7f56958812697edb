package dev.gatehouse.llm;

import dev.gatehouse.llm.json.Edit;
import dev.gatehouse.llm.json.JsonDocument;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a model: its texts by role and kind, the model, and what cannot be read. Changes are spliced into the bytes, so that
 * everything not changed stays as the client wrote it. Immutable.
 */
public final class LlmRequest {

    /** Body and path after a change of model; one of them, or both, differ from what came. */
    public record Rewritten(byte[] body, String path) {}

    private static final String GOOGLE_PREFIX = "models/";

    private final Format format;
    private final String path;
    private final JsonDocument document;
    private final ShapeWalk.Found found;

    private LlmRequest(Format format, String path, JsonDocument document, ShapeWalk.Found found) {
        this.format = format;
        this.path = path;
        this.document = document;
        this.found = found;
    }

    /**
     * Reads a whole request body.
     *
     * @param path  as sent, with query; some formats carry the model there
     * @param bytes the body, decoded from any content encoding; kept, not copied
     * @throws MalformedJson if the body could be read in more than one way, or not at all
     */
    public static LlmRequest parse(Format format, String path, byte[] bytes) throws MalformedJson {
        return of(format, path, JsonDocument.parse(bytes));
    }

    /** As {@link #parse}, for a document that was read before, e.g. for {@link Formats#byShape}. */
    public static LlmRequest of(Format format, String path, JsonDocument document) throws MalformedJson {
        if (!document.root().is(Kind.OBJECT) && !(format == Format.MCP && document.root().is(Kind.ARRAY))) {
            throw new MalformedJson(MalformedJson.Reason.WRONG_SHAPE, 0);
        }
        return new LlmRequest(format, path, document, RequestShapes.walk(format, document.root()));
    }

    public Format format() {
        return format;
    }

    public String path() {
        return path;
    }

    /** The body as it came; not to be written into. */
    public byte[] body() {
        return document.bytes();
    }

    /** The requested model: from the path where the path carries it, else from the body. */
    public Optional<String> model() {
        return ModelPath.in(path).map(ModelPath::model).or(() -> root().get("model").string());
    }

    /** Whether the client asks for a stream. */
    public boolean stream() {
        return switch (format) {
            case GEMINI_GENERATE, BEDROCK_CONVERSE -> path.contains(":stream") || path.contains("/converse-stream");
            case ANTHROPIC_MESSAGES -> root().get("stream").is(Kind.TRUE) || path.contains(":stream") || path.contains("-response-stream");
            default -> root().get("stream").is(Kind.TRUE);
        };
    }

    /** Id of a conversation kept at the provider (Responses API), or empty. */
    public Optional<String> conversation() {
        JsonValue conversation = root().get("conversation");
        return format == Format.OPENAI_RESPONSES ? conversation.string().or(() -> conversation.get("id").string()) : Optional.empty();
    }

    /** Every string that reaches a model, in the order of the body. */
    public List<TextPart> parts() {
        return found.parts();
    }

    /** What reaches a model and cannot be read; of each kind the first sixteen places. */
    public List<Uninspectable> uninspectable() {
        return found.uninspectable();
    }

    /** Every place that {@link #uninspectable} tells of, also beyond the sixteenth, with its value. */
    public List<Unread> unread() {
        return found.unread();
    }

    /** The body with some of its {@link #parts} replaced; every other byte is as it came. */
    public byte[] replacing(Map<TextPart, String> replacements) {
        return document.with(replacements.entrySet().stream().map(entry -> entry.getKey().edit(entry.getValue())).toList());
    }

    /** The request for another model, changed wherever the model stands: in the path, in the body, or in both. */
    public Rewritten withModel(String model) {
        Optional<ModelPath> inPath = ModelPath.in(path);
        return new Rewritten(document.with(modelEdits(model, inPath.isPresent())), inPath.map(at -> at.with(model)).orElse(path));
    }

    private List<Edit> modelEdits(String model, boolean inPath) {
        JsonValue inBody = root().get("model");
        if (inBody.is(Kind.STRING)) {
            String prefix = inPath && inBody.text().startsWith(GOOGLE_PREFIX) ? GOOGLE_PREFIX : "";
            return List.of(Edit.ofString(inBody, prefix + model));
        }
        return inPath || format == Format.MCP ? List.of() : List.of(Edit.ofNewMember(root(), "model", model));
    }

    /** The JSON text of the id of a JSON-RPC request ({@code "a"}, {@code 7}), or empty: notifications, batches, other formats. */
    public Optional<String> rpcId() {
        JsonValue id = root().get("id");
        if (format != Format.MCP || !id.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(id.is(Kind.STRING) ? "\"" + id.raw() + "\"" : id.raw());
    }

    /** The document under this view, for fields that it does not name. */
    public JsonValue root() {
        return document.root();
    }

    /** Never shows content. */
    @Override
    public String toString() {
        return "LlmRequest[" + format + ", " + found.parts().size() + " texts]";
    }
}
