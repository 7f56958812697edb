package dev.gatehouse.tokens;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.Uninspectable;
import dev.gatehouse.llm.Unread;
import dev.gatehouse.llm.json.JsonValue;
import java.util.Map;

/**
 * Counts tokens by model. Thread-safe; one for the whole process, since it learns and remembers. Making one loads two vocabularies (some
 * 0.6 s, 80 MB).
 *
 * <p>Counting a request of 8,000 tokens takes less than 2 ms, and any request of any size a bounded time; see docs/tokens.md for the
 * errors and how they are measured.
 */
public final class TokenCounter {

    private final Map<String, String> deployments;
    private final Vocabulary o200k = Vocabulary.o200k();
    private final Vocabulary cl100k = Vocabulary.cl100k();
    private final Learned learnedInput = new Learned();
    private final Learned learnedOutput = new Learned();

    /**
     * Makes a counter.
     *
     * @param deployments models by the names that clients use for them where these do not tell the model, as Azure's deployments and
     *                    aliases of gateways; may be empty
     */
    public TokenCounter(Map<String, String> deployments) {
        this.deployments = Map.copyOf(deployments);
    }

    /**
     * The input tokens of a request: texts, tools, what the chat template adds, images, audio and files by their providers' rules.
     *
     * @param model the model that will read it: the requested one, or the one it is routed to
     */
    public TokenCount input(LlmRequest request, String model) {
        ModelFamily family = family(model);
        Tally texts = Tally.bounded(vocabulary(family));
        Tally definitions = Tally.bounded(vocabulary(family));
        Conversation conversation = Conversation.read(request, family, texts, definitions);
        double measured = weighed(family, texts) + definitions(family, request, conversation, definitions)
                + Overheads.of(family, request.format()).of(conversation);
        TokenCount unread = unread(request, family, model);
        boolean exact = isExact(family, conversation, texts) && unread.exact();
        return corrected(Math.round(measured) + unread.tokens(), exact, learnedInput.ratio(model));
    }

    private static TokenCount unread(LlmRequest request, ModelFamily family, String model) {
        TokenCount sum = TokenCount.ZERO;
        for (Unread unread : request.unread()) {
            sum = sum.plus(unread.kind() == Uninspectable.Kind.TOKENS ? TokenCount.exact(numbers(unread.value()))
                    : TokenCount.estimate(MediaRules.tokens(family, model, Medium.of(unread))));
        }
        return sum;
    }

    /** A prompt of token numbers, or several of them. */
    private static long numbers(JsonValue value) {
        long sum = value.is(JsonValue.Kind.NUMBER) ? 1 : 0;
        for (JsonValue element : value.elements()) {
            sum += numbers(element);
        }
        return sum;
    }

    /** The tokens of a text by itself, as of a whole answer; looks up every piece of it, so not for what a client waits for. */
    public TokenCount text(String model, String text) {
        Tally tally = Tally.unbounded(vocabulary(family(model)));
        tally.add(text);
        return output(model, tally);
    }

    /** Counts a text of an answer as it arrives. */
    public RunningCount running(String model) {
        return new RunningCount(vocabulary(family(model)), tally -> output(model, tally));
    }

    /**
     * Learns from the input tokens that a provider reported.
     *
     * @param counted what {@link #input} said of the same request
     * @param reported all input tokens, cached ones included
     */
    public void learnInput(String model, TokenCount counted, long reported) {
        if (!counted.exact()) {
            learnedInput.report(model, counted.measured(), reported);
        }
    }

    /**
     * Learns from the output tokens that a provider reported of a whole answer.
     *
     * @param counted  the sum over all texts of the answer
     * @param reported without reasoning, of which a client sees at most a summary
     */
    public void learnOutput(String model, TokenCount counted, long reported) {
        if (!counted.exact()) {
            learnedOutput.report(model, counted.measured(), reported);
        }
    }

    /** OpenAI's models read declarations in TypeScript, Gemini none of an answer's schema, others JSON. */
    private double definitions(ModelFamily family, LlmRequest request, Conversation conversation, Tally texts) {
        if (family == ModelFamily.GEMINI && conversation.tools() == 0) {
            return 0;
        }
        if (!family.known() || conversation.tools() == 0) {
            return weighed(family, texts);
        }
        Tally declarations = Tally.bounded(vocabulary(family));
        declarations.add(ToolText.of(request.root()));
        return declarations.tokens();
    }

    private TokenCount output(String model, Tally tally) {
        ModelFamily family = family(model);
        return corrected(Math.round(weighed(family, tally)), family.known() && tally.exact(), learnedOutput.ratio(model));
    }

    private static double weighed(ModelFamily family, Tally tally) {
        return family.known() ? tally.tokens() : tally.weighed(Rates.of(family));
    }

    /** Templates without tools are known, where the vocabulary is. */
    private static boolean isExact(ModelFamily family, Conversation conversation, Tally texts) {
        return family.templateKnown() && texts.exact() && conversation.defined() + conversation.calls() + conversation.arguments() == 0;
    }

    private static TokenCount corrected(long measured, boolean exact, double ratio) {
        return new TokenCount(exact ? measured : Math.round(measured * ratio), exact, measured);
    }

    /**
     * The name by which an answer is counted best: the one that its provider reports, or the asked one where only that tells a family.
     *
     * @param reported as the answer names its model
     * @param asked    as the request named it
     */
    public String telling(String reported, String asked) {
        return isKnown(reported) || !isKnown(asked) ? reported : asked;
    }

    private boolean isKnown(String model) {
        return family(model) != ModelFamily.OTHER;
    }

    private ModelFamily family(String model) {
        return ModelFamily.of(resolved(model));
    }

    private String resolved(String model) {
        return deployments.getOrDefault(model, model);
    }

    private Vocabulary vocabulary(ModelFamily family) {
        return family == ModelFamily.CL100K ? cl100k : o200k;
    }
}
