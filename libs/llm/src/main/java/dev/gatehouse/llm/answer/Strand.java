package dev.gatehouse.llm.answer;

import dev.gatehouse.llm.PartKind;

/**
 * One text of an answer as it grows: a choice's text, its reasoning, a refusal, the arguments of one tool call.
 *
 * @param choice the choice (candidate) that it belongs to; 0 in formats that have one answer
 * @param kind   TEXT, REASONING, REFUSAL, TOOL_ARGUMENTS; of texts that come whole also the others, e.g. TOOL_RESULT of a provider's
 *               own tools, DOCUMENT of a citation, OTHER in places that the format does not name
 * @param block  names the text within its choice, in this format's way, e.g. {@code content}, {@code tool0}: equal blocks are one text
 * @param form   what the editor is given of it
 * @param signed whether the provider may have signed it and refuses a changed one when the client sends it back in the next turn
 *               (thinking of Anthropic and Bedrock)
 */
public record Strand(int choice, PartKind kind, String block, Form form, boolean signed) {

    /** What an editor is given. */
    public enum Form {
        /** The text itself. */ TEXT,
        /** JSON, as tool calls have it: editors are opened for the strings and numbers in it. Never seen by an editor. */ JSON,
        /** The value of one string inside JSON, unescaped; each string has its own editor. */ JSON_VALUE,
        /** The key of one member inside JSON, unescaped. */ JSON_KEY,
        /** One number inside JSON; an editor that changes it makes it a string. */ JSON_NUMBER
    }

    static Strand text(int choice, PartKind kind, String block) {
        return new Strand(choice, kind, block, Form.TEXT, false);
    }

    static Strand signed(int choice, String block) {
        return new Strand(choice, PartKind.REASONING, block, Form.TEXT, true);
    }

    /** Arguments that are JSON. */
    static Strand arguments(int choice, String block) {
        return new Strand(choice, PartKind.TOOL_ARGUMENTS, block, Form.JSON, false);
    }

    Strand as(Form other) {
        return new Strand(choice, kind, block, other, signed);
    }
}
