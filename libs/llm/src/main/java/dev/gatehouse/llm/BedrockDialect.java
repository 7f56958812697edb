package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/** Bedrock's Converse, whole or as events of its binary stream; an event is told by its fields. */
final class BedrockDialect {

    private BedrockDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        into.usage().bedrock(root.get("usage"));
        into.finish(0, root.get("stopReason"));
        int position = 0;
        for (JsonValue block : root.get("output").get("message").get("content").elements()) {
            block(block, String.valueOf(position++), into);
        }
        String index = String.valueOf(root.get("contentBlockIndex").integer().orElse(0));
        call(root.get("start").get("toolUse"), index, into);
        delta(root.get("delta"), index, into);
        error(root, into);
    }

    private static void block(JsonValue block, String index, ResponseCollector into) {
        into.append(0, PartKind.TEXT, index, block.get("text"));
        into.append(0, PartKind.REASONING, index, block.get("reasoningContent").get("reasoningText").get("text"));
        for (JsonValue cited : block.get("citationsContent").get("content").elements()) {
            into.append(0, PartKind.TEXT, index, cited.get("text"));
        }
        call(block.get("toolUse"), index, into);
    }

    private static void delta(JsonValue delta, String index, ResponseCollector into) {
        into.append(0, PartKind.TEXT, index, delta.get("text"));
        into.append(0, PartKind.REASONING, index, delta.get("reasoningContent").get("text"));
        call(delta.get("toolUse"), index, into);
    }

    private static void call(JsonValue call, String index, ResponseCollector into) {
        if (call.isPresent()) {
            into.call(0, index).id(call.get("toolUseId")).name(call.get("name")).append(call.get("input"));
        }
    }

    private static void error(JsonValue root, ResponseCollector into) {
        JsonValue message = root.get("message").isPresent() ? root.get("message") : root.get("Message");
        message.string().ifPresent(text -> into.error(ResponseCollector.word(root.get("__type")), "", text));
    }
}
