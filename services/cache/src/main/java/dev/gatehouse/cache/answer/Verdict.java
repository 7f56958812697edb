package dev.gatehouse.cache.answer;

import dev.gatehouse.cache.answer.Recorded.Why;
import dev.gatehouse.llm.LlmResponse;
import dev.gatehouse.llm.LlmResponse.Output;
import dev.gatehouse.llm.PartKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Judges an answer by what it says. */
final class Verdict {

    private static final Set<String> WELL = Set.of("stop", "STOP", "end_turn", "stop_sequence", "completed", "eos", "eos_token");
    private static final Set<String> FILTERED = Set.of("content_filter", "content_filtered", "guardrail_intervened", "SAFETY", "RECITATION",
            "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "LANGUAGE", "OTHER", "safety");
    private static final Set<String> TOOLS = Set.of("tool_calls", "function_call", "tool_use", "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL");

    private Verdict() {}

    /** Why it is not kept, or empty. */
    static Optional<Why> of(LlmResponse response) {
        if (response.error().isPresent()) {
            return Optional.of(Why.error);
        }
        if (response.finishReasons().size() > 1 || response.outputs().stream().anyMatch(output -> output.choice() > 0)) {
            return Optional.of(Why.several_choices);
        }
        if (!response.toolCalls().isEmpty()) {
            return Optional.of(Why.tool_call);
        }
        return ended(response).or(() -> said(response));
    }

    private static Optional<Why> ended(LlmResponse response) {
        String how = response.finishReasons().isEmpty() ? "" : response.finishReasons().getFirst();
        if (WELL.contains(how)) {
            return Optional.empty();
        }
        if (how.equals("refusal")) {
            return Optional.of(Why.refusal);
        }
        return Optional.of(FILTERED.contains(how) ? Why.filtered : TOOLS.contains(how) ? Why.tool_call : Why.incomplete);
    }

    private static Optional<Why> said(LlmResponse response) {
        if (response.outputs().stream().anyMatch(output -> output.kind() == PartKind.REFUSAL)) {
            return Optional.of(Why.refusal);
        }
        if (response.outputs().stream().noneMatch(output -> output.kind() == PartKind.TEXT)) {
            return Optional.of(Why.empty);
        }
        boolean isUnicode = response.outputs().stream().map(Output::text).allMatch(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
        return isUnicode ? Optional.empty() : Optional.of(Why.undecodable);
    }
}
