package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.json.JsonValue;
import java.util.Map;

/**
 * OpenAI's Responses API, whole or as events. A text comes in deltas, then whole in its {@code done} event, in its content part, in
 * its item and in the response that ends the stream. Blocks are named {@code ITEM/KIND/PART}.
 */
final class ResponsesAnswers implements AnswerDialect {

    /** An event that carries a growing text: the letter of its block, its kind, the field of the done event, JSON or not. */
    private record Growing(String letter, PartKind kind, String whole, boolean json) {}

    private static final Map<String, Growing> GROWING = Map.of(
            "response.output_text", new Growing("t", PartKind.TEXT, "text", false),
            "response.refusal", new Growing("r", PartKind.REFUSAL, "refusal", false),
            "response.reasoning_text", new Growing("c", PartKind.REASONING, "text", false),
            "response.reasoning_summary_text", new Growing("s", PartKind.REASONING, "text", false),
            "response.function_call_arguments", new Growing("a", PartKind.TOOL_ARGUMENTS, "arguments", true),
            "response.mcp_call_arguments", new Growing("a", PartKind.TOOL_ARGUMENTS, "arguments", true),
            "response.custom_tool_call_input", new Growing("i", PartKind.TOOL_ARGUMENTS, "input", false),
            "response.code_interpreter_call_code", new Growing("k", PartKind.TOOL_ARGUMENTS, "code", false));

    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public void read(JsonValue root, Marks marks) {
        marks.number(root.get("sequence_number"));
        if (root.get("response").is(JsonValue.Kind.OBJECT)) {
            response(root.get("response"), marks);
        } else if (root.get("item").is(JsonValue.Kind.OBJECT)) {
            item(root.get("item"), integer(root, "output_index"), marks);
        } else if (root.get("part").is(JsonValue.Kind.OBJECT)) {
            part(root, marks);
        } else {
            textEvent(root, marks);
        }
    }

    private static long integer(JsonValue object, String name) {
        return object.get(name).integer().orElse(0);
    }

    private static void response(JsonValue response, Marks marks) {
        long index = 0;
        for (JsonValue item : response.get("output").elements()) {
            item(item, index++, marks);
        }
        String status = response.get("status").string().orElse("");
        if (!status.equals("in_progress") && !status.equals("queued")) {
            marks.ends(strand -> true);
        }
    }

    private static void textEvent(JsonValue event, Marks marks) {
        String type = event.get("type").string().orElse("");
        int dot = type.lastIndexOf('.');
        Growing growing = dot < 0 ? null : GROWING.get(type.substring(0, dot));
        if (growing == null) {
            output(event, marks);
            return;
        }
        Strand strand = strand(growing, integer(event, "output_index"), event);
        if (type.endsWith(".delta")) {
            marks.grows(strand, event.get("delta"));
        } else {
            marks.repeats(strand, event.get(growing.whole));
            marks.ends(strand::equals);
        }
        marks.logprobs(event.get("logprobs"), "[]");
    }

    /** A whole body has no type. */
    private static void output(JsonValue root, Marks marks) {
        if (root.get("output").is(JsonValue.Kind.ARRAY)) {
            response(root, marks);
        } else if (root.get("type").string().orElse("").equals("error")) {
            marks.ends(strand -> true);
        }
    }

    private static Strand strand(Growing growing, long item, JsonValue event) {
        long part = event.get("content_index").integer().orElse(integer(event, "summary_index"));
        return strand(growing.letter, growing.kind, growing.json, item, part);
    }

    private static Strand strand(String letter, PartKind kind, boolean json, long item, long part) {
        String block = item + "/" + letter + "/" + part;
        return json ? Strand.arguments(0, block) : Strand.text(0, kind, block);
    }

    private static void part(JsonValue event, Marks marks) {
        boolean summary = event.get("summary_index").isPresent();
        long index = integer(event, summary ? "summary_index" : "content_index");
        if (summary) {
            marks.repeats(strand("s", PartKind.REASONING, false, integer(event, "output_index"), index), event.get("part").get("text"));
        } else {
            content(event.get("part"), integer(event, "output_index"), index, marks);
        }
    }

    private static void content(JsonValue part, long item, long index, Marks marks) {
        boolean reasoning = part.get("type").string().orElse("").equals("reasoning_text");
        Strand text = reasoning ? strand("c", PartKind.REASONING, false, item, index) : strand("t", PartKind.TEXT, false, item, index);
        marks.repeats(text, part.get("text"));
        marks.repeats(strand("r", PartKind.REFUSAL, false, item, index), part.get("refusal"));
        marks.logprobs(part.get("logprobs"), "[]");
    }

    private static void item(JsonValue item, long index, Marks marks) {
        switch (item.get("type").string().orElse("")) {
            case "message" -> contents(item.get("content"), index, marks);
            case "reasoning" -> {
                contents(item.get("content"), index, marks);
                summaries(item.get("summary"), index, marks);
            }
            case "function_call", "mcp_call" -> marks.repeats(strand("a", PartKind.TOOL_ARGUMENTS, true, index, 0), item.get("arguments"));
            case "custom_tool_call" -> marks.repeats(strand("i", PartKind.TOOL_ARGUMENTS, false, index, 0), item.get("input"));
            case "code_interpreter_call" -> marks.repeats(strand("k", PartKind.TOOL_ARGUMENTS, false, index, 0), item.get("code"));
            default -> { }
        }
    }

    private static void contents(JsonValue parts, long item, Marks marks) {
        long index = 0;
        for (JsonValue part : parts.elements()) {
            content(part, item, index++, marks);
        }
    }

    private static void summaries(JsonValue summaries, long item, Marks marks) {
        long index = 0;
        for (JsonValue summary : summaries.elements()) {
            marks.repeats(strand("s", PartKind.REASONING, false, item, index++), summary.get("text"));
        }
    }

    @Override
    public ObjectNode delta(Strand strand, JsonValue last, String text) {
        return Copied.of(last, "type item_id output_index content_index summary_index").put("delta", text);
    }
}
