package dev.gatehouse.policy.risk;

/** Kinds of text in an answer. */
public enum AnswerPart {
    /** What the assistant says; also text of a kind that is not known. */ Text,
    /** What it thinks. */ Reasoning,
    /** Arguments that it gives to tools. */ ToolCalls,
    /** Its refusals. */ Refusals
}
