package dev.gatehouse.llm;

/** What a text is for. */
public enum PartKind {
    /** A prompt, a message, an answer. */ TEXT,
    /** Thinking of a model. */ REASONING,
    /** A refusal of a model. */ REFUSAL,
    /** Text of a document in a message. */ DOCUMENT,
    /** Descriptions, enums and examples of tools and of answer schemas. */ TOOL_DEFINITION,
    /** What a model gave a tool. */ TOOL_ARGUMENTS,
    /** What a tool answered. */ TOOL_RESULT,
    /** Names of functions, properties, participants and keys: they reach the model, but replacing them changes meaning. */ NAME,
    /** A string in a field or content part that the format does not know; it may reach a model. */ OTHER
}
