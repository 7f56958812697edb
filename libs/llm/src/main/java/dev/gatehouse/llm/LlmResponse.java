package dev.gatehouse.llm;

import dev.gatehouse.llm.json.MalformedJson;
import dev.gatehouse.llm.stream.StreamFormatException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a response says, however it was framed.
 *
 * @param id            the provider's id of the response
 * @param model         the model that answered, as the provider names it
 * @param outputs       texts, thinking and refusals by choice, in the order of their first piece
 * @param toolCalls     the calls the model asks for, in order
 * @param finishReasons why each choice ended, in the provider's words, in the order they came
 * @param usage         tokens used
 * @param error         the error, if the body is or holds one
 */
public record LlmResponse(
        Optional<String> id, Optional<String> model, List<Output> outputs, List<ToolCall> toolCalls, List<String> finishReasons,
        Usage usage, Optional<ResponseError> error) {

    /** A text of a choice: TEXT, REASONING or REFUSAL. Pieces of one block are joined. */
    public record Output(int choice, PartKind kind, String text) {
        /** Never shows the text. */
        @Override
        public String toString() {
            return "Output[" + choice + " " + kind + ", " + text.length() + " chars]";
        }
    }

    /** A call of a tool; {@code arguments} is JSON as the model wrote it (free text for custom tools). */
    public record ToolCall(int choice, String id, String name, String arguments) {
        /** Never shows the arguments. */
        @Override
        public String toString() {
            return "ToolCall[" + name + ", " + arguments.length() + " chars]";
        }
    }

    /** An error as the provider says it; fields it does not give are empty strings. The message may hold content. */
    public record ResponseError(String type, String code, String message) {
        /** Never shows the message. */
        @Override
        public String toString() {
            return "ResponseError[" + type + " " + code + "]";
        }
    }

    /** Reads a whole body of any framing that the content type tells. */
    public static LlmResponse parse(Format format, String contentType, byte[] body) throws MalformedJson, StreamFormatException {
        ResponseReader reader = new ResponseReader(format, contentType, Integer.MAX_VALUE);
        reader.feed(body);
        reader.end();
        return reader.response();
    }

    /** All texts of one kind of one choice, joined. */
    public String text(int choice, PartKind kind) {
        return outputs.stream().filter(output -> output.choice == choice && output.kind == kind).map(Output::text).collect(Collectors.joining());
    }
}
