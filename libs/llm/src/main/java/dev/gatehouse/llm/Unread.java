package dev.gatehouse.llm;

import dev.gatehouse.llm.json.JsonValue;

/**
 * One place of a request that reaches a model and is not read as text, for those who want to know its size.
 *
 * @param kind  what it is
 * @param value the value that holds it: a content part, its source, or the array of token numbers
 */
public record Unread(Uninspectable.Kind kind, JsonValue value) {}
