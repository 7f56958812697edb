package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/**
 * OpenAI's Responses API, whole or as events. Deltas are joined; a {@code done} event, an item or the closing response says the
 * same text again as a whole and takes the place of what was joined.
 */
final class ResponsesDialect {

    private ResponsesDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        String type = ResponseCollector.word(root.get("type"));
        if (type.equals("error")) {
            into.error(root.get("error").isPresent() ? root.get("error") : root);
        } else if (root.get("response").is(JsonValue.Kind.OBJECT)) {
            response(root.get("response"), into);
        } else if (root.get("item").is(JsonValue.Kind.OBJECT)) {
            item(root.get("item"), index(root), into);
        } else if (type.startsWith("response.")) {
            event(type, root, into);
        } else {
            response(root, into);
        }
    }

    private static int index(JsonValue event) {
        return (int) event.get("output_index").integer().orElse(0);
    }

    private static void response(JsonValue response, ResponseCollector into) {
        into.id(response.get("id"));
        into.model(response.get("model"));
        into.usage().openAi(response.get("usage"));
        into.error(response.get("error"));
        finish(response, into);
        int index = 0;
        for (JsonValue item : response.get("output").elements()) {
            item(item, index++, into);
        }
    }

    private static void finish(JsonValue response, ResponseCollector into) {
        JsonValue why = response.get("incomplete_details").get("reason");
        into.finish(0, why.isPresent() ? why : response.get("status"));
    }

    private static void event(String type, JsonValue event, ResponseCollector into) {
        String block = event.get("output_index").integer().orElse(0) + "/"
                + event.get("content_index").integer().orElse(event.get("summary_index").integer().orElse(0));
        switch (type) {
            case "response.output_text.delta" -> into.append(0, PartKind.TEXT, block, event.get("delta"));
            case "response.output_text.done" -> into.set(0, PartKind.TEXT, block, event.get("text"));
            case "response.refusal.delta" -> into.append(0, PartKind.REFUSAL, block, event.get("delta"));
            case "response.refusal.done" -> into.set(0, PartKind.REFUSAL, block, event.get("refusal"));
            case "response.reasoning_text.delta" -> into.append(0, PartKind.REASONING, "c" + block, event.get("delta"));
            case "response.reasoning_text.done" -> into.set(0, PartKind.REASONING, "c" + block, event.get("text"));
            case "response.reasoning_summary_text.delta" -> into.append(0, PartKind.REASONING, "s" + block, event.get("delta"));
            case "response.reasoning_summary_text.done" -> into.set(0, PartKind.REASONING, "s" + block, event.get("text"));
            default -> callEvent(type, event, into);
        }
    }

    private static void callEvent(String type, JsonValue event, ResponseCollector into) {
        String call = "item" + index(event);
        switch (type) {
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta", "response.mcp_call_arguments.delta" ->
                    into.call(0, call).append(event.get("delta"));
            case "response.function_call_arguments.done", "response.mcp_call_arguments.done" -> into.call(0, call).set(event.get("arguments"));
            case "response.custom_tool_call_input.done" -> into.call(0, call).set(event.get("input"));
            default -> { }
        }
    }

    private static void item(JsonValue item, int index, ResponseCollector into) {
        switch (ResponseCollector.word(item.get("type"))) {
            case "message" -> message(item.get("content"), index, into);
            case "reasoning" -> {
                parts(item.get("summary"), "s" + index, into);
                parts(item.get("content"), "c" + index, into);
            }
            case "function_call", "custom_tool_call", "mcp_call" -> into.call(0, "item" + index)
                    .id(item.get("call_id").isPresent() ? item.get("call_id") : item.get("id"))
                    .name(item.get("name"))
                    .set(item.get("arguments"))
                    .set(item.get("input"));
            default -> { }
        }
    }

    private static void message(JsonValue content, int index, ResponseCollector into) {
        int part = 0;
        for (JsonValue piece : content.elements()) {
            String block = index + "/" + part++;
            into.set(0, PartKind.TEXT, block, piece.get("text"));
            into.set(0, PartKind.REFUSAL, block, piece.get("refusal"));
        }
    }

    private static void parts(JsonValue thoughts, String name, ResponseCollector into) {
        int part = 0;
        for (JsonValue thought : thoughts.elements()) {
            into.set(0, PartKind.REASONING, name + "/" + part++, thought.get("text"));
        }
    }
}
