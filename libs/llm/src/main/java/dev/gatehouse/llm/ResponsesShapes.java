package dev.gatehouse.llm;

import static dev.gatehouse.llm.Shape.INERT;
import static dev.gatehouse.llm.Shape.NAME;
import static dev.gatehouse.llm.Shape.SETTING;
import static dev.gatehouse.llm.Shape.TEXT;
import static dev.gatehouse.llm.Shape.leaves;
import static dev.gatehouse.llm.Shape.mark;
import static dev.gatehouse.llm.Shape.object;

import dev.gatehouse.llm.Uninspectable.Kind;
import java.util.HashMap;
import java.util.Map;

/** OpenAI's Responses API: its input items are also its output items. */
final class ResponsesShapes {

    private ResponsesShapes() {}

    private static final Shape.Fields ITEM = object()
            .with("id type status call_id created_by phase agent namespace", SETTING)
            .with("encrypted_content", INERT);

    private static final Shape ARGUMENTS = new Shape.Encoded(PartKind.TOOL_ARGUMENTS);

    private static final Shape RESULT = new Shape.As(Role.TOOL, OpenAiShapes.CONTENT);

    private static final Shape.Fields MESSAGE = ITEM.with("role", Shapes.ROLE).with("content", OpenAiShapes.CONTENT);

    /** Items by their type. */
    static final Map<String, Shape> ITEMS = items();

    static final Shape BY_TYPE = new Shape.ByType("type", ITEMS, MESSAGE);

    private static Map<String, Shape> items() {
        Map<String, Shape> items = new HashMap<>(OpenAiShapes.PARTS);
        items.put("message", MESSAGE);
        items.put("reasoning", ITEM.with("summary content", new Shape.OneOf(leaves(PartKind.REASONING),
                object().with("type", INERT).with("text", leaves(PartKind.REASONING)))));
        items.put("item_reference", mark(Kind.STORED_TEXT));
        items.put("compaction", ITEM);
        items.put("image_generation_call", mark(Kind.IMAGE));
        items.put("mcp_list_tools", new Shape.As(Role.TOOL, ITEM.others(Shapes.DEFINITION)));
        calls(items);
        results(items);
        return Map.copyOf(items);
    }

    private static void calls(Map<String, Shape> items) {
        Shape call = ITEM.with("name server_label", NAME).with("arguments input", ARGUMENTS).with("output error approval_request_id", RESULT);
        for (String type : new String[] {"function_call", "custom_tool_call", "mcp_call", "mcp_approval_request"}) {
            items.put(type, call);
        }
        Shape hosted = ITEM.with("results outputs", new Shape.As(Role.TOOL, leaves(PartKind.TOOL_RESULT))).others(leaves(PartKind.TOOL_ARGUMENTS));
        for (String type : new String[] {"web_search_call", "file_search_call", "code_interpreter_call", "computer_call",
                "local_shell_call", "shell_call", "apply_patch_call", "tool_search_call"}) {
            items.put(type, hosted);
        }
    }

    private static void results(Map<String, Shape> items) {
        Shape result = ITEM.with("output", RESULT).with("reason", RESULT).with("approval_request_id approve acknowledged_safety_checks", INERT);
        for (String type : new String[] {"function_call_output", "custom_tool_call_output", "mcp_approval_response",
                "local_shell_call_output", "apply_patch_call_output"}) {
            items.put(type, result);
        }
        items.put("computer_call_output", mark(Kind.IMAGE));
        items.put("shell_call_output", new Shape.As(Role.TOOL, ITEM.others(leaves(PartKind.TOOL_RESULT))));
        items.put("tool_search_output", new Shape.As(Role.TOOL, ITEM.others(Shapes.DEFINITION)));
    }

    private static final Shape TOOL = new Shape.As(Role.TOOL, OpenAiShapes.FUNCTION
            .with("type", SETTING)
            .with("vector_store_ids", mark(Kind.STORED_TEXT))
            .with("container", new Shape.OneOf(mark(Kind.STORED_TEXT), object()
                    .with("type memory_limit network_policy", INERT)
                    .with("file_ids", mark(Kind.STORED_TEXT))))
            .with("authorization headers server_url", INERT)
            .others(Shapes.DEFINITION));

    static final Shape REQUEST = OpenAiShapes.SETTINGS
            .with("instructions", new Shape.As(Role.SYSTEM, new Shape.OneOf(TEXT, BY_TYPE)))
            .with("input", new Shape.OneOf(TEXT, BY_TYPE))
            .with("prompt", new Shape.MarkAnd(Kind.STORED_TEXT, object()
                    .with("id version", SETTING)
                    .with("variables", new Shape.MapOf(OpenAiShapes.CONTENT))))
            .with("previous_response_id conversation", mark(Kind.STORED_TEXT))
            .with("tools", TOOL)
            .with("tool_choice", OpenAiShapes.TOOL_CHOICE)
            .with("text", object().with("format", OpenAiShapes.RESPONSE_FORMAT).with("verbosity", INERT))
            .with("include truncation background max_tool_calls context_management moderation", SETTING);
}
