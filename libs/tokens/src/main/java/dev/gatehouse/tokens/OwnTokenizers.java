package dev.gatehouse.tokens;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;

/**
 * Tokenizers that an operator gives for models, and what they teach of our estimates. Short texts are counted by them at once; of longer
 * ones a part is counted beside, one at a time for each tokenizer, and moves the ratio by which that model's estimates are corrected.
 */
final class OwnTokenizers {

    /** Chars of a text that a request may wait for. */
    static final int AT_ONCE = 500;
    /** Chars of a text that are counted beside. */
    static final int BESIDE = 16_000;

    private final Map<String, Tokenizer> tokenizers;
    private final List<String> longestFirst;
    private final Learned ratios = new Learned();
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
    /** No queue builds up: each tokenizer has at most one text in it. */
    private final ExecutorService beside = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("tokenizers").factory());

    OwnTokenizers(Map<String, Tokenizer> tokenizers) {
        this.tokenizers = Map.copyOf(tokenizers);
        this.longestFirst = tokenizers.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** The name under which a model's tokenizer was given: the model's own, or the longest with which it begins. */
    Optional<String> nameFor(String model) {
        return longestFirst.stream().filter(model::startsWith).findFirst();
    }

    /**
     * Tokens of a text by its tokenizer where it is short, else as estimated, corrected by what was learned.
     *
     * @param name      of the tokenizer
     * @param text      or where it is longer, its first {@value #BESIDE} chars
     * @param estimated of the whole text
     * @param estimate  estimates other texts alike
     */
    double tokens(String name, String text, double estimated, ToLongFunction<String> estimate) {
        if (text.length() <= AT_ONCE) {
            return counted(name, text).orElse(estimated);
        }
        learnBeside(name, text.substring(0, Math.min(text.length(), BESIDE)), estimate);
        return estimated * ratios.ratio(name);
    }

    private void learnBeside(String name, String text, ToLongFunction<String> estimate) {
        if (inFlight.add(name)) {
            beside.execute(() -> learn(name, text, estimate));
        }
    }

    private void learn(String name, String text, ToLongFunction<String> estimate) {
        try {
            counted(name, text).ifPresent(tokens -> ratios.report(name, estimate.applyAsLong(text), Math.round(tokens)));
        } finally {
            inFlight.remove(name);
        }
    }

    /** A tokenizer may lack a token for what it does not know, and refuse the text. */
    private OptionalDouble counted(String name, String text) {
        try {
            return OptionalDouble.of(tokenizers.get(name).count(text));
        } catch (RuntimeException refused) {
            return OptionalDouble.empty();
        }
    }
}
