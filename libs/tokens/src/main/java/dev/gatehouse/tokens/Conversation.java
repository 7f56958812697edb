package dev.gatehouse.tokens;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.Role;
import dev.gatehouse.llm.TextPart;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.json.JsonValue.Kind;
import java.util.List;

/**
 * What a chat template makes of a request, in numbers.
 *
 * @param messages   system text included
 * @param tools      functions that the model may call
 * @param defined    keys and values in the definitions of tools and of the answer's schema
 * @param calls      calls of tools that are part of the conversation
 * @param arguments  keys and values in the arguments of these calls
 * @param thinking   whether thinking is asked for
 */
record Conversation(int messages, int tools, int defined, int calls, int arguments, boolean thinking) {

    /** Counts the texts into the tallies: those of definitions into their own, since templates rewrite them; the others' begin is sampled. */
    static Conversation read(LlmRequest request, ModelFamily family, Tally texts, Tally definitions, Sample sample) {
        int defined = 0;
        int calls = 0;
        int arguments = 0;
        for (TextPart part : request.parts()) {
            if (isDefinition(part)) {
                definitions.add(part.text());
                defined++;
            } else if (isRead(part, family)) {
                texts.add(part.text());
                sample.add(part.text());
                calls += part.kind() == PartKind.NAME && !part.isKey() ? 1 : 0;
                arguments += part.kind() == PartKind.TOOL_ARGUMENTS || part.isKey() ? 1 : 0;
            }
        }
        return new Conversation(messages(request), tools(request), defined, calls, arguments, thinks(request.root()));
    }

    /** OpenAI's models are not shown what they thought before. */
    private static boolean isRead(TextPart part, ModelFamily family) {
        return part.kind() != PartKind.OTHER && !(family.known() && part.kind() == PartKind.REASONING);
    }

    private static boolean isDefinition(TextPart part) {
        return part.kind() == PartKind.TOOL_DEFINITION || part.kind() == PartKind.NAME && part.role() == Role.TOOL;
    }

    private static int messages(LlmRequest request) {
        JsonValue root = request.root();
        return switch (request.format()) {
            case OPENAI_RESPONSES -> Math.max(1, size(root.get("input"))) + one(root.get("instructions"));
            case GEMINI_GENERATE -> size(root.get("contents")) + one(root.get("systemInstruction")) + one(root.get("system_instruction"));
            case ANTHROPIC_MESSAGES, BEDROCK_CONVERSE -> size(root.get("messages")) + one(root.get("system"));
            case OPENAI_CHAT -> size(root.get("messages"));
            default -> 0;
        };
    }

    private static int tools(LlmRequest request) {
        JsonValue root = request.root();
        return switch (request.format()) {
            case BEDROCK_CONVERSE -> size(root.get("toolConfig").get("tools"));
            case GEMINI_GENERATE -> declarations(root.get("tools"));
            default -> size(root.get("tools")) + size(root.get("functions"));
        };
    }

    private static int declarations(JsonValue tools) {
        int sum = 0;
        for (JsonValue tool : tools.elements()) {
            for (String name : List.of("functionDeclarations", "function_declarations")) {
                sum += size(tool.get(name));
            }
        }
        return sum;
    }

    private static boolean thinks(JsonValue root) {
        boolean reasoning = root.get("reasoning").is(Kind.OBJECT) && !root.get("reasoning").get("enabled").is(Kind.FALSE);
        return reasoning || List.of("enabled", "adaptive").contains(root.get("thinking").get("type").string().orElse(""));
    }

    private static int one(JsonValue value) {
        return value.isPresent() ? 1 : 0;
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
}
