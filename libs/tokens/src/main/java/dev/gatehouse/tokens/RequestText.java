package dev.gatehouse.tokens;

import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import java.util.List;

/** Reads what a model gets to read from a request: its texts into a tally, and the number of messages and tools. */
final class RequestText {

    private final LlmRequest request;

    RequestText(LlmRequest request) {
        this.request = request;
    }

    /** Counts the texts and returns what the template adds to them. */
    double into(Tally tally, Overheads overheads) {
        double added = 0;
        for (TextPart part : request.parts()) {
            if (part.kind() != PartKind.OTHER) {
                tally.add(part.text());
                added += around(part, overheads);
            }
        }
        return added + ofMessages(overheads) + ofTools(overheads);
    }

    private static double around(TextPart part, Overheads overheads) {
        if (part.isKey()) {
            return overheads.key();
        }
        boolean inJson = part.kind() == PartKind.TOOL_ARGUMENTS || part.kind() == PartKind.TOOL_DEFINITION || part.role() == Role.TOOL && part.kind() == PartKind.NAME;
        return inJson ? overheads.value() : 0;
    }

    private double ofMessages(Overheads overheads) {
        return switch (request.format()) {
            case OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, GEMINI_EMBEDDINGS, COHERE_EMBED, MCP -> 0;
            default -> overheads.request() + overheads.message() * messages();
        };
    }

    private int messages() {
        return switch (request.format()) {
            case OPENAI_RESPONSES -> Math.max(1, size("input")) + (root().get("instructions").isPresent() ? 1 : 0);
            case GEMINI_GENERATE -> size("contents");
            case ANTHROPIC_MESSAGES, BEDROCK_CONVERSE -> size("messages") + (root().get("system").isPresent() ? 1 : 0);
            default -> size("messages");
        };
    }

    private double ofTools(Overheads overheads) {
        int tools = tools();
        return tools == 0 ? 0 : overheads.anyTools() + tools * overheads.tool();
    }

    private int tools() {
        if (request.format() == Format.BEDROCK_CONVERSE) {
            return size(root().get("toolConfig").get("tools"));
        }
        return request.format() == Format.GEMINI_GENERATE ? declarations() : size("tools") + size("functions");
    }

    private int declarations() {
        int sum = 0;
        for (JsonValue tool : root().get("tools").elements()) {
            for (String name : List.of("functionDeclarations", "function_declarations")) {
                sum += size(tool.get(name));
            }
        }
        return sum;
    }

    private int size(String field) {
        return size(root().get(field));
    }

    private static int size(JsonValue array) {
        if (!array.is(Kind.ARRAY)) {
            return 0;
        }
        int size = 0;
        for (JsonValue element : array.elements()) {
            size++;
        }
        return size;
    }

    private JsonValue root() {
        return request.root();
    }
}
