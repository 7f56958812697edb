package dev.gatehouse.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.SseEvent;
import java.nio.charset.StandardCharsets;

/**
 * Errors in the shape that a client of each provider understands. Every body carries the stable {@code code} given: OpenAI's
 * {@code error.code}, Anthropic's {@code error.code} (an addition that its clients ignore), Gemini's {@code ErrorInfo.reason},
 * Bedrock's {@code code}, MCP's {@code error.data.code}.
 */
public final class ProviderErrors {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Format format;
    private final String rpcId;

    private ProviderErrors(Format format, String rpcId) {
        this.format = format;
        this.rpcId = rpcId;
    }

    /** Errors for a format; where the format is not known, {@link Format#OPENAI_CHAT} is the shape most clients read. */
    public static ProviderErrors of(Format format) {
        return new ProviderErrors(format, "null");
    }

    /** Errors that answer a request: MCP's carry its id. */
    public static ProviderErrors of(LlmRequest request) {
        return new ProviderErrors(request.format(), request.rpcId().orElse("null"));
    }

    /**
     * The answer in the provider's place.
     *
     * @param status  HTTP status, 400-599
     * @param code    stable, machine-readable, e.g. {@code prompt_blocked}
     * @param message for a human; may name policy and rule, never the matched text
     */
    public LocalReply reply(int status, String code, String message) {
        LocalReply reply = LocalReply.json(status, body(status, code, message).toString());
        return format == Format.BEDROCK_CONVERSE ? reply.withHeader("x-amzn-errortype", bedrockType(status)) : reply;
    }

    /** The error as the last event of a stream that has begun, in the framing of that stream. */
    public byte[] streamEvent(int status, String code, String message) {
        ObjectNode body = body(status, code, message);
        return switch (format) {
            case ANTHROPIC_MESSAGES -> sse("error", body);
            case OPENAI_RESPONSES -> sse("error", responsesEvent(code, message));
            case MCP -> sse("message", body);
            case BEDROCK_CONVERSE -> AwsEvent.exception(bedrockException(status), utf8(body)).encode();
            case GEMINI_GENERATE, GEMINI_EMBEDDINGS, COHERE_EMBED -> SseEvent.ofData(body.toString()).encode();
            case OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS -> doneAfter(body);
        };
    }

    private static byte[] sse(String event, ObjectNode data) {
        return SseEvent.of(event, data.toString()).encode();
    }

    private static byte[] doneAfter(ObjectNode body) {
        String events = "data: " + body + "\n\ndata: [DONE]\n\n";
        return events.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode body(int status, String code, String message) {
        return switch (format) {
            case ANTHROPIC_MESSAGES -> anthropic(status, code, message);
            case GEMINI_GENERATE, GEMINI_EMBEDDINGS -> gemini(status, code, message);
            case BEDROCK_CONVERSE -> JSON.objectNode().put("message", message).put("code", code);
            case COHERE_EMBED -> JSON.objectNode().put("message", message).put("code", code);
            case MCP -> mcp(status, code, message);
            case OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> openAi(status, code, message);
        };
    }

    private static ObjectNode openAi(int status, String code, String message) {
        ObjectNode root = JSON.objectNode();
        root.putObject("error").put("message", message).put("type", openAiType(status)).putNull("param").put("code", code);
        return root;
    }

    private static ObjectNode responsesEvent(String code, String message) {
        return JSON.objectNode().put("type", "error").put("code", code).put("message", message).putNull("param");
    }

    private static ObjectNode anthropic(int status, String code, String message) {
        ObjectNode root = JSON.objectNode().put("type", "error");
        root.putObject("error").put("type", anthropicType(status)).put("message", message).put("code", code);
        return root;
    }

    private static ObjectNode gemini(int status, String code, String message) {
        ObjectNode root = JSON.objectNode();
        ObjectNode error = root.putObject("error").put("code", status).put("message", message).put("status", googleStatus(status));
        error.putArray("details").addObject()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", code)
                .put("domain", "gatehouse.dev");
        return root;
    }

    private ObjectNode mcp(int status, String code, String message) {
        ObjectNode root = JSON.objectNode().put("jsonrpc", "2.0");
        root.putRawValue("id", new RawValue(rpcId));
        ObjectNode error = root.putObject("error").put("code", status == 400 ? -32600 : -32000).put("message", message);
        error.putObject("data").put("code", code).put("status", status);
        return root;
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "server_error" : "invalid_request_error";
        };
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    private static String googleStatus(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        };
    }

    private static String bedrockType(int status) {
        return switch (status) {
            case 401, 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 429 -> "ThrottlingException";
            case 503 -> "ServiceUnavailableException";
            default -> status >= 500 ? "InternalServerException" : "ValidationException";
        };
    }

    /** Event streams spell the same names with a small first letter; those they lack become the nearest. */
    private static String bedrockException(int status) {
        return switch (status) {
            case 429 -> "throttlingException";
            case 503 -> "serviceUnavailableException";
            default -> status >= 500 ? "internalServerException" : "validationException";
        };
    }
}
