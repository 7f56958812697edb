package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.json.JsonValue;

/** Anthropic's messages, whole or as events. A text is named by the number of its block. */
final class AnthropicAnswers implements AnswerDialect {

    @Override
    public void read(JsonValue root, Marks marks) {
        switch (root.get("type").string().orElse("")) {
            case "content_block_start" -> block(root.get("content_block"), index(root), marks);
            case "content_block_delta" -> delta(root.get("delta"), index(root), marks);
            case "content_block_stop" -> marks.ends(strand -> strand.block().equals(index(root)));
            case "message_delta", "message_stop", "error" -> marks.ends(strand -> true);
            default -> message(root, marks);
        }
    }

    private static String index(JsonValue event) {
        return String.valueOf(event.get("index").integer().orElse(0));
    }

    private static void message(JsonValue message, Marks marks) {
        int index = 0;
        for (JsonValue block : message.get("content").elements()) {
            block(block, String.valueOf(index++), marks);
        }
    }

    private static void block(JsonValue block, String index, Marks marks) {
        switch (block.get("type").string().orElse("")) {
            case "text" -> marks.grows(Strand.text(0, PartKind.TEXT, index), block.get("text"));
            case "thinking" -> marks.grows(Strand.signed(0, index), block.get("thinking"));
            case "tool_use", "server_tool_use", "mcp_tool_use" -> marks.once(Strand.arguments(0, index), block.get("input"));
            default -> { }
        }
    }

    private static void delta(JsonValue delta, String index, Marks marks) {
        marks.grows(Strand.text(0, PartKind.TEXT, index), delta.get("text"));
        marks.grows(Strand.signed(0, index), delta.get("thinking"));
        marks.grows(Strand.arguments(0, index), delta.get("partial_json"));
    }

    @Override
    public ObjectNode delta(Strand strand, JsonValue last, String text) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "content_block_delta").put("index", Long.parseLong(strand.block()));
        ObjectNode delta = event.putObject("delta");
        switch (strand.kind()) {
            case REASONING -> delta.put("type", "thinking_delta").put("thinking", text);
            case TOOL_ARGUMENTS -> delta.put("type", "input_json_delta").put("partial_json", text);
            default -> delta.put("type", "text_delta").put("text", text);
        }
        return event;
    }
}
