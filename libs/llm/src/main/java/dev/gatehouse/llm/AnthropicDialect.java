package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/** Anthropic's messages, whole or as events. */
final class AnthropicDialect {

    private AnthropicDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        switch (ResponseCollector.word(root.get("type"))) {
            case "message_start" -> message(root.get("message"), into);
            case "content_block_start" -> block(root.get("content_block"), index(root), into);
            case "content_block_delta" -> delta(root.get("delta"), index(root), into);
            case "message_delta" -> {
                into.finish(0, root.get("delta").get("stop_reason"));
                into.usage().anthropic(root.get("usage"));
            }
            case "error" -> into.error(root.get("error"));
            default -> message(root, into);
        }
    }

    private static String index(JsonValue event) {
        return String.valueOf(event.get("index").integer().orElse(0));
    }

    private static void message(JsonValue message, ResponseCollector into) {
        into.id(message.get("id"));
        into.model(message.get("model"));
        into.finish(0, message.get("stop_reason"));
        into.usage().anthropic(message.get("usage"));
        int index = 0;
        for (JsonValue block : message.get("content").elements()) {
            block(block, String.valueOf(index++), into);
        }
        if (!message.get("content").isPresent() && !message.get("type").isPresent()) {
            into.error(message.get("error").isPresent() ? message.get("error") : message.get("message"));
        }
    }

    private static void block(JsonValue block, String index, ResponseCollector into) {
        switch (ResponseCollector.word(block.get("type"))) {
            case "text" -> into.append(0, PartKind.TEXT, index, block.get("text"));
            case "thinking" -> into.append(0, PartKind.REASONING, index, block.get("thinking"));
            case "tool_use", "server_tool_use", "mcp_tool_use" ->
                    into.call(0, index).id(block.get("id")).name(block.get("name")).append(block.get("input"));
            default -> { }
        }
    }

    private static void delta(JsonValue delta, String index, ResponseCollector into) {
        into.append(0, PartKind.TEXT, index, delta.get("text"));
        into.append(0, PartKind.REASONING, index, delta.get("thinking"));
        if (delta.get("partial_json").isPresent() && into.hasCall(0, index)) {
            into.call(0, index).append(delta.get("partial_json"));
        }
    }
}
