package dev.gatehouse.llm;

import dev.gatehouse.llm.ResponseCollector.Call;
import dev.gatehouse.llm.json.JsonValue;

/** Chat completions, completions and embeddings of OpenAI and all who speak them, whole or as chunks. */
final class OpenAiDialect {

    private OpenAiDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        into.id(root.get("id"));
        into.model(root.get("model"));
        into.usage().openAi(root.get("x_groq").get("usage"));
        into.usage().openAi(root.get("usage"));
        error(root, into);
        int position = 0;
        for (JsonValue choice : root.get("choices").elements()) {
            choice(choice, (int) choice.get("index").integer().orElse(position++), into);
        }
    }

    /** Also the flat errors of Mistral, vLLM and of gateways: {@code {"object": "error", "message": ...}}, {@code {"message": ...}}. */
    private static void error(JsonValue root, ResponseCollector into) {
        into.error(root.get("error"));
        boolean flat = !root.get("choices").isPresent() && !root.get("data").isPresent() && !root.get("error").isPresent();
        if (flat && (root.get("message").isPresent() || root.get("detail").isPresent())) {
            into.error(ResponseCollector.word(root.get("type")), ResponseCollector.word(root.get("code")),
                    ResponseCollector.word(root.get("message"), root.get("detail")));
        }
    }

    /** Some providers say the text of a chat twice, also as that of a completion. */
    private static void choice(JsonValue choice, int index, ResponseCollector into) {
        if (!choice.get("message").isPresent() && !choice.get("delta").isPresent()) {
            into.append(index, PartKind.TEXT, "", choice.get("text"));
        }
        message(choice.get("message"), index, into);
        message(choice.get("delta"), index, into);
        into.finish(index, choice.get("finish_reason"));
        into.error(choice.get("error"));
    }

    private static void message(JsonValue message, int choice, ResponseCollector into) {
        reasoning(message, choice, into);
        content(message.get("content"), choice, into);
        into.append(choice, PartKind.REFUSAL, "", message.get("refusal"));
        into.append(choice, PartKind.TEXT, "audio", message.get("audio").get("transcript"));
        calls(message, choice, into);
    }

    /** Three spellings of the same thoughts; the first that is there counts. */
    private static void reasoning(JsonValue message, int choice, ResponseCollector into) {
        if (message.get("reasoning_content").isPresent()) {
            into.append(choice, PartKind.REASONING, "", message.get("reasoning_content"));
        } else if (message.get("reasoning").isPresent()) {
            into.append(choice, PartKind.REASONING, "", message.get("reasoning"));
        } else {
            for (JsonValue detail : message.get("reasoning_details").elements()) {
                into.append(choice, PartKind.REASONING, "", detail.get("text"));
                into.append(choice, PartKind.REASONING, "", detail.get("summary"));
            }
        }
    }

    /** A text, or Mistral's list of text and thinking. */
    private static void content(JsonValue content, int choice, ResponseCollector into) {
        into.append(choice, PartKind.TEXT, "", content);
        for (JsonValue part : content.elements()) {
            into.append(choice, PartKind.TEXT, "", part.get("text"));
            into.append(choice, PartKind.REFUSAL, "", part.get("refusal"));
            for (JsonValue thought : part.get("thinking").elements()) {
                into.append(choice, PartKind.REASONING, "", thought.get("text"));
            }
        }
    }

    private static void calls(JsonValue message, int choice, ResponseCollector into) {
        int position = 0;
        for (JsonValue call : message.get("tool_calls").elements()) {
            long index = call.get("index").integer().orElse(position++);
            into(into.call(choice, "tool" + index).id(call.get("id")), call.get("function"));
            into.call(choice, "tool" + index).name(call.get("custom").get("name")).append(call.get("custom").get("input"));
        }
        if (message.get("function_call").isPresent()) {
            into(into.call(choice, "function"), message.get("function_call"));
        }
    }

    private static void into(Call call, JsonValue function) {
        call.name(function.get("name")).append(function.get("arguments"));
    }
}
