package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.json.JsonValue;

/** Gemini's generateContent, whole or as pieces of a stream. A call of a function comes in one piece. */
final class GeminiAnswers implements AnswerDialect {

    private static final String THOUGHT = "thought";

    @Override
    public void read(JsonValue root, Marks marks) {
        int position = 0;
        for (JsonValue candidate : root.get("candidates").elements()) {
            candidate(candidate, (int) candidate.get("index").integer().orElse(position++), marks);
        }
    }

    private static void candidate(JsonValue candidate, int index, Marks marks) {
        for (JsonValue part : candidate.get("content").get("parts").elements()) {
            part(part, index, marks);
        }
        marks.logprobs(either(candidate, "logprobsResult", "logprobs_result"), "{}");
        if (either(candidate, "finishReason", "finish_reason").isPresent()) {
            marks.ends(strand -> strand.choice() == index);
        }
    }

    private static void part(JsonValue part, int choice, Marks marks) {
        boolean thought = part.get(THOUGHT).is(JsonValue.Kind.TRUE);
        marks.grows(thought ? Strand.text(choice, PartKind.REASONING, THOUGHT) : Strand.text(choice, PartKind.TEXT, "text"), part.get("text"));
        marks.once(Strand.arguments(choice, "call"), either(part, "functionCall", "function_call").get("args"));
    }

    private static JsonValue either(JsonValue object, String camel, String snake) {
        return object.get(camel).isPresent() ? object.get(camel) : object.get(snake);
    }

    @Override
    public ObjectNode delta(Strand strand, JsonValue last, String text) {
        ObjectNode event = Copied.of(last, "modelVersion responseId model_version response_id createTime");
        ObjectNode candidate = event.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content").put("role", "model");
        ObjectNode part = content.putArray("parts").addObject().put("text", text);
        if (strand.block().equals(THOUGHT)) {
            part.put(THOUGHT, true);
        }
        candidate.put("index", strand.choice());
        return event;
    }
}
