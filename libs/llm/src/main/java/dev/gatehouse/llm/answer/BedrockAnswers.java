package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.json.JsonValue;

/** Bedrock's Converse, whole or as events, told by their fields. A text is named by the number of its block. */
final class BedrockAnswers implements AnswerDialect {

    @Override
    public void read(JsonValue root, Marks marks) {
        int position = 0;
        for (JsonValue block : root.get("output").get("message").get("content").elements()) {
            block(block, String.valueOf(position++), marks);
        }
        JsonValue number = root.get("contentBlockIndex");
        String index = String.valueOf(number.integer().orElse(0));
        delta(root.get("delta"), index, marks);
        boolean blockEnds = number.isPresent() && !root.get("delta").isPresent() && !root.get("start").isPresent();
        if (blockEnds) {
            marks.ends(strand -> strand.block().equals(index));
        } else if (root.get("stopReason").isPresent() || root.get("message").isPresent()) {
            marks.ends(strand -> true);
        }
    }

    private static void block(JsonValue block, String index, Marks marks) {
        marks.grows(Strand.text(0, PartKind.TEXT, index), block.get("text"));
        marks.grows(Strand.signed(0, index), block.get("reasoningContent").get("reasoningText").get("text"));
        marks.once(Strand.arguments(0, index), block.get("toolUse").get("input"));
    }

    private static void delta(JsonValue delta, String index, Marks marks) {
        marks.grows(Strand.text(0, PartKind.TEXT, index), delta.get("text"));
        marks.grows(Strand.signed(0, index), delta.get("reasoningContent").get("text"));
        marks.grows(Strand.arguments(0, index), delta.get("toolUse").get("input"));
    }

    @Override
    public ObjectNode delta(Strand strand, JsonValue last, String text) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("contentBlockIndex", Long.parseLong(strand.block()));
        ObjectNode delta = event.putObject("delta");
        switch (strand.kind()) {
            case REASONING -> delta.putObject("reasoningContent").put("text", text);
            case TOOL_ARGUMENTS -> delta.putObject("toolUse").put("input", text);
            default -> delta.put("text", text);
        }
        return event;
    }
}
