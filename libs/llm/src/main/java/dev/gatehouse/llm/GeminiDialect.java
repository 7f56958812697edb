package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/** Gemini's generateContent, whole or as pieces of a stream. A call of a function comes in one piece. */
final class GeminiDialect {

    private GeminiDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        into.id(root.get("responseId"));
        into.model(root.get("modelVersion"));
        into.usage().gemini(root.get("usageMetadata"));
        into.error(root.get("error"));
        into.finish(0, root.get("promptFeedback").get("blockReason"));
        int position = 0;
        for (JsonValue candidate : root.get("candidates").elements()) {
            int choice = (int) candidate.get("index").integer().orElse(position++);
            into.finish(choice, candidate.get("finishReason"));
            for (JsonValue part : candidate.get("content").get("parts").elements()) {
                part(part, choice, into);
            }
        }
    }

    private static void part(JsonValue part, int choice, ResponseCollector into) {
        boolean thought = part.get("thought").is(JsonValue.Kind.TRUE);
        into.append(choice, thought ? PartKind.REASONING : PartKind.TEXT, "", part.get("text"));
        JsonValue call = part.get("functionCall");
        if (call.isPresent()) {
            into.newCall(choice).id(call.get("id")).name(call.get("name")).append(call.get("args"));
        }
    }
}
