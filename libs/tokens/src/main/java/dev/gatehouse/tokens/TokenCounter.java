package dev.gatehouse.tokens;

import dev.gatehouse.llm.LlmRequest;
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
        Tally tally = Tally.bounded(vocabulary(family));
        double added = new RequestText(request).into(tally, Overheads.of(family));
        TokenCount measured = count(family, tally).plus(TokenCount.exact(Math.round(added)));
        return corrected(measured, learnedInput.ratio(model));
    }

    /** The tokens of a text by itself, as of an answer or an embedding. */
    public TokenCount text(String model, String text) {
        Tally tally = Tally.bounded(vocabulary(family(model)));
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

    private TokenCount output(String model, Tally tally) {
        return corrected(count(family(model), tally), learnedOutput.ratio(model));
    }

    private static TokenCount count(ModelFamily family, Tally tally) {
        if (family.known()) {
            return new TokenCount(tally.tokens(), tally.exact(), tally.tokens());
        }
        return TokenCount.estimate(Math.round(tally.weighed(Rates.of(family))));
    }

    private static TokenCount corrected(TokenCount measured, double ratio) {
        return measured.exact() ? measured : new TokenCount(Math.round(measured.measured() * ratio), false, measured.measured());
    }

    private ModelFamily family(String model) {
        return ModelFamily.of(Optional.ofNullable(deployments.get(model)).orElse(model));
    }

    private Vocabulary vocabulary(ModelFamily family) {
        return family == ModelFamily.CL100K ? cl100k : o200k;
    }
}
