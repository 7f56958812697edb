package dev.gatehouse.llm;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells which format a request speaks: by its path, under any prefix, and where the path is unknown by the shape of its body. */
public final class Formats {

    private static final Set<String> BEDROCK = Set.of("converse", "converse-stream", "count-tokens");
    private static final Set<String> RAW_PREDICT = Set.of("rawpredict", "streamrawpredict");
    private static final Set<String> GEMINI = Set.of("generatecontent", "streamgeneratecontent", "counttokens");
    private static final Set<String> GEMINI_EMBED = Set.of("embedcontent", "batchembedcontents");

    private Formats() {}

    /**
     * The format that the head of a request tells.
     *
     * @param path        as sent, with query
     * @param contentType the {@code content-type} field, or empty
     * @return empty if the method has no body to read, or neither path nor content type tell a format
     */
    public static Optional<Format> recognise(String method, String path, String contentType) {
        if (!Set.of("POST", "PUT", "PATCH").contains(method.toUpperCase(Locale.ROOT)) || !ContentTypes.mayBeJson(contentType)) {
            return Optional.empty();
        }
        PathWords words = PathWords.of(path);
        return byVerb(words).or(() -> openAi(words)).or(() -> others(words));
    }

    private static Optional<Format> byVerb(PathWords words) {
        String verb = words.verb();
        if (GEMINI.contains(verb)) {
            return Optional.of(Format.GEMINI_GENERATE);
        }
        if (GEMINI_EMBED.contains(verb)) {
            return Optional.of(Format.GEMINI_EMBEDDINGS);
        }
        return RAW_PREDICT.contains(verb) && words.contains("anthropic") ? Optional.of(Format.ANTHROPIC_MESSAGES) : Optional.empty();
    }

    private static Optional<Format> openAi(PathWords words) {
        if (words.endsWith("chat", "completions")) {
            return Optional.of(Format.OPENAI_CHAT);
        }
        if (words.endsWith("completions")) {
            return Optional.of(Format.OPENAI_COMPLETIONS);
        }
        if (words.endsWith("responses") || words.endsWith("responses", "input_tokens") || words.endsWith("responses", "compact")) {
            return Optional.of(Format.OPENAI_RESPONSES);
        }
        return words.endsWith("embeddings") ? Optional.of(Format.OPENAI_EMBEDDINGS) : Optional.empty();
    }

    private static Optional<Format> others(PathWords words) {
        if (words.containsRun("v1", "messages") && (words.endsWith("messages") || words.endsWith("count_tokens"))) {
            return Optional.of(Format.ANTHROPIC_MESSAGES);
        }
        if (words.contains("model") && BEDROCK.contains(words.last())) {
            return Optional.of(Format.BEDROCK_CONVERSE);
        }
        if (words.endsWith("v2", "embed")) {
            return Optional.of(Format.COHERE_EMBED);
        }
        return words.endsWith("mcp") ? Optional.of(Format.MCP) : Optional.empty();
    }

    /** The format that the shape of a body tells, for paths that tell none: JSON-RPC, a list of messages, contents, a prompt. */
    public static Optional<Format> byShape(JsonValue root) {
        if (root.get("jsonrpc").isPresent() || root.at(0).get("jsonrpc").isPresent()) {
            return Optional.of(Format.MCP);
        }
        if (root.get("contents").is(Kind.ARRAY)) {
            return Optional.of(Format.GEMINI_GENERATE);
        }
        if (root.get("messages").is(Kind.ARRAY)) {
            return Optional.of(ofMessages(root));
        }
        return byPromptOrInput(root);
    }

    private static Optional<Format> byPromptOrInput(JsonValue root) {
        if (root.get("prompt").isPresent() && root.get("model").isPresent()) {
            return Optional.of(Format.OPENAI_COMPLETIONS);
        }
        if (root.get("input").isPresent() && root.get("model").isPresent()) {
            boolean numbers = root.get("input").at(0).is(Kind.NUMBER) || root.get("input").at(0).is(Kind.ARRAY);
            return Optional.of(numbers ? Format.OPENAI_EMBEDDINGS : Format.OPENAI_RESPONSES);
        }
        return Optional.empty();
    }

    private static Format ofMessages(JsonValue root) {
        JsonValue firstPart = root.get("messages").at(0).get("content").at(0);
        boolean untypedParts = firstPart.is(Kind.OBJECT) && !firstPart.get("type").isPresent();
        if (untypedParts || root.get("inferenceConfig").isPresent() || root.get("toolConfig").isPresent()) {
            return Format.BEDROCK_CONVERSE;
        }
        boolean anthropic = root.get("anthropic_version").isPresent() || root.get("system").isPresent()
                || root.get("tools").at(0).get("input_schema").isPresent();
        return anthropic ? Format.ANTHROPIC_MESSAGES : Format.OPENAI_CHAT;
    }

    /**
     * What the head alone says cannot be read: upgrades, multipart uploads, content types and character sets that are not read
     * here. A content encoding is no matter of this method: decode it first.
     */
    public static Optional<Uninspectable> uninspectable(String method, Headers headers) {
        String type = String.join(",", headers.all("content-type"));
        if (method.equalsIgnoreCase("CONNECT") || headers.first("upgrade").isPresent()) {
            return whole(Uninspectable.Kind.WEBSOCKET);
        }
        if (ContentTypes.isMultipart(type)) {
            return whole(Uninspectable.Kind.MULTIPART);
        }
        if (!ContentTypes.isUtf8(type)) {
            return whole(Uninspectable.Kind.ENCODED_BODY);
        }
        return ContentTypes.isText(type) ? Optional.empty() : whole(Uninspectable.Kind.UNKNOWN_FORMAT);
    }

    private static Optional<Uninspectable> whole(Uninspectable.Kind kind) {
        return Optional.of(new Uninspectable(kind, ""));
    }
}
