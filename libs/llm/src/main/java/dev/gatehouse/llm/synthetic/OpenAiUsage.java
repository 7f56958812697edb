package dev.gatehouse.llm.synthetic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Usage;

/** The usage object of OpenAI's formats. */
enum OpenAiUsage {
    CHAT("prompt_tokens", "completion_tokens"), RESPONSES("input_tokens", "output_tokens");

    private final String input;
    private final String output;

    OpenAiUsage(String input, String output) {
        this.input = input;
        this.output = output;
    }

    void write(ObjectNode into, Usage usage) {
        into.put(input, usage.input().orElse(0)).put(output, usage.output().orElse(0)).put("total_tokens", usage.total().orElse(0));
        into.putObject(input + "_details").put("cached_tokens", usage.cacheRead().orElse(0));
        into.putObject(output + "_details").put("reasoning_tokens", usage.reasoning().orElse(0));
    }
}
