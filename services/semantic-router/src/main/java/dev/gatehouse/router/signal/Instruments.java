package dev.gatehouse.router.signal;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.tokens.TokenCounter;
import java.util.Map;
import java.util.Set;

/** What is heavy and measures a request: loaded when a policy or a dry run first asks for it, and shared by all. */
public final class Instruments {

    private Instruments() {}

    private static final class Tokens {
        static final TokenCounter COUNTER = new TokenCounter(Map.of());
    }

    /** Loads what these variables need, which takes a second: when a policy is loaded, not when the first request asks. */
    public static void prepare(Set<String> variables) {
        if (variables.contains(Variables.TOKENS)) {
            Tokens.COUNTER.text("", "");
        }
        if (variables.contains(Variables.LANGUAGE)) {
            Languages.shared();
        }
    }

    /** Of the whole input: texts, tools, images. */
    static long tokens(LlmRequest request) {
        return Tokens.COUNTER.input(request, request.model().orElse("")).tokens();
    }

    static String language(String text) {
        return Languages.shared().of(text);
    }
}
