package dev.gatehouse.llm;

import java.util.Set;

/** Who speaks a text. */
public enum Role {
    SYSTEM, DEVELOPER, USER, ASSISTANT,
    /** Results of tools, and their definitions. */ TOOL,
    /** Not said, or not known. */ UNKNOWN;

    static final Set<String> WORDS = Set.of("system", "developer", "user", "assistant", "model", "tool", "function");

    static Role of(String word) {
        return switch (word) {
            case "system" -> SYSTEM;
            case "developer" -> DEVELOPER;
            case "user" -> USER;
            case "assistant", "model" -> ASSISTANT;
            case "tool", "function" -> TOOL;
            default -> UNKNOWN;
        };
    }
}
