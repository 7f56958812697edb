package dev.gatehouse.cache.ask;

import dev.gatehouse.llm.LlmRequest;

/** What became of reading a request. */
public sealed interface Reading {

    /** It was read. */
    record Prompt(LlmRequest request) implements Reading {}

    /** It cannot be, or is no prompt. */
    record Unread(Reason reason) implements Reading {}
}
