package dev.gatehouse.tokens;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.Uninspectable;
import dev.gatehouse.llm.Unread;
import dev.gatehouse.llm.json.JsonValue;
import java.util.Map;
import java.util.Optional;

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
    private final OwnTokenizers tokenizers;

    /**
     * Makes a counter.
     *
     * @param deployments models by the names that clients use for them where these do not tell the model, as Azure's deployments and
     *                    aliases of gateways; may be empty
     * @param tokenizers  models' own tokenizers, by the model's name or how it begins; not used where the vocabulary is carried here
     */
    public TokenCounter(Map<String, String> deployments, Map<String, Tokenizer> tokenizers) {
        this.deployments = Map.copyOf(deployments);
        this.tokenizers = new OwnTokenizers(tokenizers);
    }

    /** Makes a counter that was given no tokenizers. */
    public TokenCounter(Map<String, String> deployments) {
        this(deployments, Map.of());
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
        Sample sample = new Sample();
        Conversation conversation = Conversation.read(request, family, texts, definitions, sample);
        double measured = tokens(model, sample.text(), texts) + definitions(family, request, conversation, definitions)
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
        boolean exact = text.length() <= OwnTokenizers.AT_ONCE && tokenizer(model).isPresent();
        return output(model, tokens(model, text, tally), exact || isExact(model, tally));
    }

    /** Counts a text of an answer as it arrives. */
    public RunningCount running(String model) {
        return new RunningCount(vocabulary(family(model)), tally -> output(model, weighed(family(model), tally), isExact(model, tally)));
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

    private TokenCount output(String model, double tokens, boolean exact) {
        return corrected(Math.round(tokens), exact, learnedOutput.ratio(model));
    }

    private boolean isExact(String model, Tally tally) {
        return family(model).known() && tally.exact();
    }

    /** By the model's own tokenizer where one was given, as far as nobody waits long for it. */
    private double tokens(String model, String text, Tally tally) {
        ModelFamily family = family(model);
        double estimated = weighed(family, tally);
        return tokenizer(model).map(name -> tokenizers.tokens(name, text, estimated, other -> estimate(family, other))).orElse(estimated);
    }

    private long estimate(ModelFamily family, String text) {
        return Math.round(weighed(family, Tally.unbounded(vocabulary(family)).with(text)));
    }

    private Optional<String> tokenizer(String model) {
        return family(model).known() ? Optional.empty() : tokenizers.nameFor(resolved(model));
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
        return family(model) != ModelFamily.OTHER || tokenizer(model).isPresent();
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
