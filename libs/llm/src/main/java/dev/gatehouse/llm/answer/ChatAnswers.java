package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.PartKind;
import dev.gatehouse.llm.json.JsonValue;

/** OpenAI's chat completions and completions, and those of all who speak them, whole or as chunks. */
final class ChatAnswers implements AnswerDialect {

    private static final String COMPLETION = "text";
    private static final String DETAIL = "detail";
    private static final String TOOL = "tool";
    private static final String CUSTOM = "custom";
    private static final String FUNCTION = "function_call";
    private static final String AUDIO = "audio";
    private static final String THINKING = "thinking";

    @Override
    public void read(JsonValue root, Marks marks) {
        int position = 0;
        for (JsonValue choice : root.get("choices").elements()) {
            choice(choice, (int) choice.get("index").integer().orElse(position++), marks);
        }
    }

    private static void choice(JsonValue choice, int index, Marks marks) {
        marks.grows(Strand.text(index, PartKind.TEXT, COMPLETION), choice.get("text"));
        message(choice.get("message"), index, marks);
        message(choice.get("delta"), index, marks);
        marks.logprobs(choice.get("logprobs"), "null");
        if (choice.get("finish_reason").isPresent()) {
            marks.ends(strand -> strand.choice() == index);
        }
    }

    private static void message(JsonValue message, int choice, Marks marks) {
        for (String name : new String[] {"reasoning_content", "reasoning"}) {
            marks.grows(Strand.text(choice, PartKind.REASONING, name), message.get(name));
        }
        details(message, choice, marks);
        content(message.get("content"), choice, marks);
        marks.grows(Strand.text(choice, PartKind.REFUSAL, "refusal"), message.get("refusal"));
        marks.grows(Strand.text(choice, PartKind.TEXT, AUDIO), message.get("audio").get("transcript"));
        calls(message, choice, marks);
    }

    /** OpenRouter's; what Anthropic signed comes through here too. */
    private static void details(JsonValue message, int choice, Marks marks) {
        int position = 0;
        for (JsonValue detail : message.get("reasoning_details").elements()) {
            String block = DETAIL + detail.get("index").integer().orElse(position++);
            marks.grows(Strand.signed(choice, block + "/text"), detail.get("text"));
            marks.grows(Strand.signed(choice, block + "/summary"), detail.get("summary"));
        }
    }

    /** A text, or Mistral's list of text and thinking. */
    private static void content(JsonValue content, int choice, Marks marks) {
        Strand text = Strand.text(choice, PartKind.TEXT, "content");
        marks.grows(text, content);
        for (JsonValue part : content.elements()) {
            marks.grows(text, part.get("text"));
            marks.grows(Strand.text(choice, PartKind.REFUSAL, "refusal"), part.get("refusal"));
            for (JsonValue thought : part.get("thinking").elements()) {
                marks.grows(Strand.text(choice, PartKind.REASONING, THINKING), thought.get("text"));
            }
        }
    }

    private static void calls(JsonValue message, int choice, Marks marks) {
        int position = 0;
        for (JsonValue call : message.get("tool_calls").elements()) {
            long index = call.get("index").integer().orElse(position++);
            arguments(call.get("function").get("arguments"), Strand.arguments(choice, TOOL + index), marks);
            marks.grows(Strand.text(choice, PartKind.TOOL_ARGUMENTS, CUSTOM + index), call.get("custom").get("input"));
        }
        arguments(message.get("function_call").get("arguments"), Strand.arguments(choice, FUNCTION), marks);
    }

    private static void arguments(JsonValue value, Strand strand, Marks marks) {
        marks.grows(strand, value);
        if (value.is(JsonValue.Kind.OBJECT)) {
            marks.once(strand, value);
        }
    }

    @Override
    public ObjectNode delta(Strand strand, JsonValue last, String text) {
        ObjectNode event = Copied.of(last, "id object created model system_fingerprint service_tier");
        ObjectNode choice = event.putArray("choices").addObject().put("index", strand.choice());
        if (strand.block().equals(COMPLETION)) {
            choice.put("text", text).putNull("logprobs");
        } else {
            addTo(choice.putObject("delta"), strand.block(), text);
        }
        choice.putNull("finish_reason");
        return event;
    }

    private static void addTo(ObjectNode delta, String block, String text) {
        switch (block) {
            case FUNCTION -> delta.putObject(FUNCTION).put("arguments", text);
            case AUDIO -> delta.putObject(AUDIO).put("transcript", text);
            case THINKING -> delta.putArray("content").addObject().put("type", THINKING).putArray(THINKING).addObject()
                    .put("type", "text").put("text", text);
            default -> addNumbered(delta, block, text);
        }
    }

    private static void addNumbered(ObjectNode delta, String block, String text) {
        if (block.startsWith(TOOL)) {
            call(delta, block.substring(TOOL.length())).putObject("function").put("arguments", text);
        } else if (block.startsWith(CUSTOM)) {
            call(delta, block.substring(CUSTOM.length())).putObject("custom").put("input", text);
        } else if (block.startsWith(DETAIL)) {
            detail(delta, block, text);
        } else {
            delta.put(block, text);
        }
    }

    private static ObjectNode call(ObjectNode delta, String index) {
        return delta.putArray("tool_calls").addObject().put("index", Long.parseLong(index));
    }

    private static void detail(ObjectNode delta, String block, String text) {
        int slash = block.indexOf('/');
        String field = block.substring(slash + 1);
        delta.putArray("reasoning_details").addObject().put("type", "reasoning." + field)
                .put("index", Long.parseLong(block.substring(DETAIL.length(), slash))).put(field, text);
    }
}
