package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/** Results and errors of the Model Context Protocol. */
final class McpDialect {

    private McpDialect() {}

    static void read(JsonValue root, ResponseCollector into) {
        into.id(root.get("id"));
        into.error(root.get("error"));
        JsonValue result = root.get("result");
        for (JsonValue block : result.get("content").elements()) {
            into.append(0, PartKind.TEXT, "", block.get("text"));
            into.append(0, PartKind.TEXT, "", block.get("resource").get("text"));
        }
        for (JsonValue resource : result.get("contents").elements()) {
            into.append(0, PartKind.TEXT, "", resource.get("text"));
        }
        for (JsonValue message : result.get("messages").elements()) {
            into.append(0, PartKind.TEXT, "", message.get("content").get("text"));
        }
    }
}
