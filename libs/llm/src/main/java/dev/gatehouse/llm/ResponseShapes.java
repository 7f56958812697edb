package dev.gatehouse.llm;

import static dev.gatehouse.llm.Shape.INERT;
import static dev.gatehouse.llm.Shape.NAME;
import static dev.gatehouse.llm.Shape.TEXT;
import static dev.gatehouse.llm.Shape.leaves;
import static dev.gatehouse.llm.Shape.object;

import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.MalformedJson;
import java.util.HashMap;
import java.util.Map;

/** The shape of each format's responses: whole bodies and the JSON of streamed events. Fields that no shape names say nothing. */
final class ResponseShapes {

    private ResponseShapes() {}

    /** Errors may repeat what they are about. */
    private static final Shape ERROR = object().others(INERT).with("message", leaves(PartKind.OTHER));

    private static final Shape CHAT = object().others(INERT)
            .with("error", ERROR)
            .with("choices", object().others(INERT)
                    .with("index", Shapes.INDEX)
                    .with("message delta", OpenAiShapes.MESSAGE)
                    .with("text", TEXT));

    private static final Shape ANTHROPIC_DELTA = object().others(INERT)
            .with("text", TEXT)
            .with("thinking", leaves(PartKind.REASONING))
            .with("partial_json", leaves(PartKind.TOOL_ARGUMENTS));

    private static final Shape ANTHROPIC = object().others(INERT)
            .with("error", ERROR)
            .with("index", Shapes.INDEX)
            .with("content content_block", AnthropicShapes.CONTENT)
            .with("message", object().others(INERT).with("content", AnthropicShapes.CONTENT))
            .with("delta", ANTHROPIC_DELTA);

    private static final Shape GEMINI = object().others(INERT)
            .with("error", ERROR)
            .with("candidates", object().others(INERT).with("index", Shapes.INDEX).with("content", GeminiShapes.CONTENT));

    private static final Shape BEDROCK = object().others(INERT)
            .with("contentBlockIndex", Shapes.INDEX)
            .with("output", object().others(INERT).with("message", BedrockShapes.MESSAGE))
            .with("start", object().others(INERT).with("toolUse", object().others(INERT).with("name", NAME)))
            .with("delta", object().others(INERT)
                    .with("text", TEXT)
                    .with("reasoningContent", object().others(INERT).with("text", leaves(PartKind.REASONING)))
                    .with("toolUse", object().others(INERT).with("input", leaves(PartKind.TOOL_ARGUMENTS))));

    private static final Shape.Fields RESPONSE = object().others(INERT).with("output", ResponsesShapes.BY_TYPE).with("error", ERROR);

    private static final Shape RESPONSES = new Shape.ByType("type", responsesEvents(), RESPONSE);

    private static Map<String, Shape> responsesEvents() {
        Map<String, Shape> events = new HashMap<>();
        for (String lifecycle : new String[] {"created", "queued", "in_progress", "completed", "incomplete", "failed"}) {
            events.put("response." + lifecycle, object().others(INERT).with("response", RESPONSE));
        }
        events.put("error", object().others(INERT).with("message", leaves(PartKind.OTHER)).with("error", ERROR));
        Shape.Fields event = object().others(INERT).with("output_index", Shapes.INDEX);
        events.put("response.output_item.added", event.with("item", ResponsesShapes.BY_TYPE));
        events.put("response.output_item.done", event.with("item", ResponsesShapes.BY_TYPE));
        events.put("response.content_part.added", event.with("part", ResponsesShapes.BY_TYPE));
        events.put("response.content_part.done", event.with("part", ResponsesShapes.BY_TYPE));
        Shape reasoningPart = event.with("part", object().others(INERT).with("text", leaves(PartKind.REASONING)));
        events.put("response.reasoning_summary_part.added", reasoningPart);
        events.put("response.reasoning_summary_part.done", reasoningPart);
        texts(events, "response.output_text", TEXT, event);
        texts(events, "response.refusal", leaves(PartKind.REFUSAL), event);
        texts(events, "response.reasoning_text", leaves(PartKind.REASONING), event);
        texts(events, "response.reasoning_summary_text", leaves(PartKind.REASONING), event);
        for (String call : new String[] {"function_call_arguments", "custom_tool_call_input", "mcp_call_arguments", "code_interpreter_call_code"}) {
            texts(events, "response." + call, leaves(PartKind.TOOL_ARGUMENTS), event);
        }
        return Map.copyOf(events);
    }

    private static void texts(Map<String, Shape> events, String name, Shape text, Shape.Fields event) {
        Shape shape = event.with("delta text refusal arguments input code", text);
        events.put(name + ".delta", shape);
        events.put(name + ".done", shape);
    }

    static ShapeWalk.Found walk(Format format, JsonValue root) throws MalformedJson {
        return ShapeWalk.walk(of(format, root), Role.ASSISTANT, root);
    }

    private static Shape of(Format format, JsonValue root) {
        return switch (format) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS -> CHAT;
            case OPENAI_RESPONSES -> isKnownEvent(root) ? RESPONSES : INERT;
            case ANTHROPIC_MESSAGES -> ANTHROPIC;
            case GEMINI_GENERATE -> GEMINI;
            case BEDROCK_CONVERSE -> BEDROCK;
            case OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS, COHERE_EMBED -> INERT;
            case MCP -> McpShapes.MESSAGE;
        };
    }

    /** Events of tools that run at the provider report progress, no text. */
    private static boolean isKnownEvent(JsonValue root) {
        return root.get("type").string().map(EVENTS::contains).orElse(true);
    }

    private static final java.util.Set<String> EVENTS = responsesEvents().keySet();
}
