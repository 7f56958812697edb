package dev.gatehouse.tokens;

import dev.gatehouse.llm.Format;

/**
 * What a family's chat template adds to the texts of a request, in tokens. Only OpenAI says some of it; the rest is fitted to reported
 * usage and learned further at run time.
 *
 * @param request  once
 * @param message  for each message, its role included
 * @param anyTools once if there are tools: the instructions to use them
 * @param tool     for each tool
 * @param defined  for each key and value of definitions: quotes, colons, types
 * @param call     for each call of a tool in the conversation
 * @param argument for each key and value of a call's arguments
 * @param schema   once if the answer must follow a schema
 * @param thinking once if thinking is asked for
 */
record Overheads(
        double request, double message, double anyTools, double tool, double defined, double call, double argument, double schema,
        double thinking) {

    /** OpenAI's models write the channels of an answer into chat completions that have tools, not into responses. */
    private static final double CHANNELS = 82;

    static Overheads of(ModelFamily family, Format format) {
        return switch (family) {
            case O200K, CL100K, OTHER -> openAi(3, 9);
            case O200K_REASONING -> openAi(2, format == Format.OPENAI_RESPONSES ? 9 : 9 + CHANNELS);
            case HARMONY -> openAi(67, 40);
            case CLAUDE, CLAUDE_4_7 -> new Overheads(3, 4, 440, 82, 5.5, 51, 2, 160, 28);
            case GEMINI -> new Overheads(0, 0, 0, 1, 0, 2, 0.5, 0, 0);
            case LLAMA -> new Overheads(26, 5, 60, 20, 2, 8, 2, 10, 0);
            case MISTRAL -> new Overheads(2, 1, 10, 25, 2, 8, 2, 10, 0);
            case QWEN -> new Overheads(3, 5, 100, 20, 2, 12, 2, 10, 0);
            case DEEPSEEK -> new Overheads(2, 1, 200, 20, 2, 12, 2, 10, 0);
            case NOVA -> new Overheads(0, 0, 360, 10, 3, 37, 2, 0, 0);
        };
    }

    private static Overheads openAi(double request, double anyTools) {
        return new Overheads(request, 4, anyTools, -1, 0, 8, 1.5, 15, 0);
    }

    /** All that is added to the texts of a conversation and of its definitions. */
    double of(Conversation conversation) {
        double sum = conversation.messages() == 0 ? 0 : request + message * conversation.messages();
        sum += conversation.tools() == 0 ? 0 : anyTools + tool * conversation.tools();
        sum += conversation.tools() == 0 && conversation.defined() > 0 ? schema : 0;
        sum += defined * conversation.defined() + call * conversation.calls() + argument * conversation.arguments();
        return sum + (conversation.thinking() ? thinking : 0);
    }
}
