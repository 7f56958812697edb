package dev.gatehouse.ratelimit.admit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.policy.limit.Estimate;
import dev.gatehouse.ratelimit.ask.OutputBound;
import dev.gatehouse.state.Key;
import java.util.OptionalLong;

/**
 * How long answers get, learned by key and model: an answer is expected to be no longer than 9 of 10 of the last fifty or so were.
 * Thread-safe, in this process only; the least used are forgotten.
 */
public final class OutputEstimates {

    /**
     * The tokens expected of an answer.
     *
     * @param learned whether past answers say so, or the request itself does (with MaxTokens or Fixed); else it is a guess
     */
    public record Expected(long tokens, boolean learned) {}

    /** Some 500 bytes each. */
    private static final int MOST_KEYS = 50_000;

    private final Cache<Key, Recent> recent = Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();

    /** What to reserve for the answer. */
    public Expected expected(Estimate estimate, OutputBound bound, Key key) {
        long standard = estimate.tokens() * Math.max(1, bound.answers());
        long most = bound.most().orElse(Long.MAX_VALUE);
        return switch (estimate.output()) {
            case MaxTokens -> new Expected(bound.most().orElse(standard), true);
            case Fixed -> new Expected(Math.min(standard, most), true);
            case Learned -> learned(estimate, standard, most, key);
        };
    }

    private Expected learned(Estimate estimate, long standard, long most, Key key) {
        Recent known = recent.getIfPresent(key);
        OptionalLong usual = known == null ? OptionalLong.empty() : known.usual();
        long tokens = usual.isEmpty() ? standard : Math.max(usual.getAsLong(), estimate.minimum());
        return new Expected(Math.min(tokens, most), usual.isPresent() || tokens > most);
    }

    /** An answer had this many tokens. */
    public void learn(Key key, long output) {
        recent.get(key, unused -> new Recent()).add(output);
    }
}
