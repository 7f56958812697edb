package dev.gatehouse.llm;

import dev.gatehouse.llm.LlmResponse.Output;
import dev.gatehouse.llm.LlmResponse.ResponseError;
import dev.gatehouse.llm.LlmResponse.ToolCall;
import dev.gatehouse.llm.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a response together from the JSON of its body or of its events. */
final class ResponseCollector {

    /** Reads one body or event of a format. */
    interface Dialect {
        void read(JsonValue root, ResponseCollector into);
    }

    /** One block of text: pieces of the same block are joined. */
    private record Block(int choice, PartKind kind, String name) {}

    private record CallKey(int choice, String name) {}

    /** A tool call as it comes in. */
    static final class Call {
        private final int choice;
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        private Call(int choice) {
            this.choice = choice;
        }

        /** Some providers send an empty call with every message. */
        private boolean isEmpty() {
            return name.isEmpty() && arguments.isEmpty();
        }

        Call id(JsonValue value) {
            id = value.string().filter(text -> !text.isEmpty()).orElse(id);
            return this;
        }

        Call name(JsonValue value) {
            name = value.string().filter(text -> !text.isEmpty()).orElse(name);
            return this;
        }

        /** A piece of the arguments: a string's text, or an object as it stands. */
        Call append(JsonValue value) {
            arguments.append(value.string().orElseGet(() -> value.isPresent() ? value.raw() : ""));
            return this;
        }

        /** The arguments as a whole, in the place of the pieces so far. */
        Call set(JsonValue value) {
            if (value.is(JsonValue.Kind.STRING) || value.is(JsonValue.Kind.OBJECT)) {
                arguments.setLength(0);
                arguments.append(value.string().orElseGet(value::raw));
            }
            return this;
        }
    }

    private final Dialect dialect;
    private final UsageFields usage = new UsageFields();
    private final Map<Block, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<CallKey, Call> calls = new LinkedHashMap<>();
    private final Map<Integer, String> finished = new LinkedHashMap<>();
    private Optional<String> id = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<ResponseError> error = Optional.empty();

    ResponseCollector(Format format) {
        this.dialect = dialect(format);
    }

    private static Dialect dialect(Format format) {
        return switch (format) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS -> OpenAiDialect::read;
            case OPENAI_RESPONSES -> ResponsesDialect::read;
            case ANTHROPIC_MESSAGES -> AnthropicDialect::read;
            case GEMINI_GENERATE, GEMINI_EMBEDDINGS -> GeminiDialect::read;
            case BEDROCK_CONVERSE -> BedrockDialect::read;
            case COHERE_EMBED -> CohereDialect::read;
            case MCP -> McpDialect::read;
        };
    }

    void take(JsonValue root) {
        dialect.read(root, this);
    }

    /** An exception in AWS's event stream. */
    void exception(String type, JsonValue root) {
        error(type, "", root.get("message").string().orElse(""));
    }

    UsageFields usage() {
        return usage;
    }

    void id(JsonValue value) {
        id = value.string().filter(text -> !text.isEmpty()).or(() -> id);
    }

    void model(JsonValue value) {
        model = value.string().filter(text -> !text.isEmpty()).or(() -> model);
    }

    void finish(int choice, JsonValue reason) {
        reason.string().ifPresent(text -> finished.put(choice, text));
    }

    void append(int choice, PartKind kind, String block, JsonValue text) {
        text.string().filter(piece -> !piece.isEmpty()).ifPresent(piece -> text(choice, kind, block).append(piece));
    }

    /** The text of a block as a whole, in the place of the pieces so far. */
    void set(int choice, PartKind kind, String block, JsonValue text) {
        text.string().filter(whole -> !whole.isEmpty()).ifPresent(whole -> {
            StringBuilder sofar = text(choice, kind, block);
            sofar.setLength(0);
            sofar.append(whole);
        });
    }

    private StringBuilder text(int choice, PartKind kind, String block) {
        return texts.computeIfAbsent(new Block(choice, kind, block), key -> new StringBuilder());
    }

    Call call(int choice, String name) {
        return calls.computeIfAbsent(new CallKey(choice, name), key -> new Call(choice));
    }

    /** A call that no later piece adds to. */
    Call newCall(int choice) {
        return call(choice, "new" + calls.size());
    }

    boolean hasCall(int choice, String name) {
        return calls.containsKey(new CallKey(choice, name));
    }

    void error(String type, String code, String message) {
        error = Optional.of(new ResponseError(type, code, message));
    }

    /** An error object, or an error that is just a text. */
    void error(JsonValue value) {
        if (value.is(JsonValue.Kind.OBJECT)) {
            String type = word(value.get("type"), value.get("status"));
            error(type, word(value.get("code")), word(value.get("message")));
        } else {
            value.string().ifPresent(message -> error("", "", message));
        }
    }

    /** The first of some values that is a text or a number. */
    static String word(JsonValue... values) {
        for (JsonValue value : values) {
            if (value.is(JsonValue.Kind.STRING)) {
                return value.text();
            }
            if (value.is(JsonValue.Kind.NUMBER)) {
                return value.raw();
            }
        }
        return "";
    }

    LlmResponse response() {
        List<Output> outputs = new ArrayList<>();
        texts.forEach((block, text) -> outputs.add(new Output(block.choice, block.kind, text.toString())));
        List<ToolCall> toolCalls = calls.values().stream().filter(call -> !call.isEmpty())
                .map(call -> new ToolCall(call.choice, call.id, call.name, call.arguments.toString())).toList();
        return new LlmResponse(id, model, List.copyOf(outputs), toolCalls, List.copyOf(finished.values()), usage.total(), error);
    }
}
