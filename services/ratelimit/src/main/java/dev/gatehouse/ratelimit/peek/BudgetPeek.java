package dev.gatehouse.ratelimit.peek;

import dev.gatehouse.envoy.ratelimit.Budgets;
import dev.gatehouse.envoy.ratelimit.RateLimiter.Unanswerable;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.limit.TokenRateLimitPolicy;
import dev.gatehouse.policy.resolve.Resolution;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.ratelimit.admit.Held;
import dev.gatehouse.ratelimit.admit.Proposer;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.state.limit.AsyncLimits;
import dev.gatehouse.state.limit.Bucket;
import dev.gatehouse.state.limit.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Proposes for every candidate what a request for it would reserve, and looks whether there is room: the same proposals as admission
 * makes, one call of the store for all of them. A limit in shadow mode is no obstacle.
 *
 * @param policies where policies come from
 * @param proposer says what a request reserves
 * @param limits   the store
 * @param hash     the service's keyed hash
 */
public record BudgetPeek(PolicySource<TokenRateLimitPolicy, CompiledLimits> policies, Proposer proposer, AsyncLimits limits, KeyedHash hash)
        implements Budgets {

    private static final String DEFAULT = "default/";

    @Override
    public CompletionStage<List<Budget>> peek(Budgets.Question question) {
        RequestHead head = Imagined.head(question.attributes());
        Optional<Resolution<TokenRateLimitPolicy, CompiledLimits>> resolution = policies.current().resolver().resolve(head);
        List<List<Held>> held = question.candidates().stream()
                .map(candidate -> resolution.map(found -> held(found, head, question, candidate)).orElse(List.of()))
                .toList();
        List<Bucket> buckets = held.stream().flatMap(List::stream).map(each -> each.budget().bucket()).toList();
        String policy = resolution.map(found -> name(found.policy().compiled())).orElse("");
        return levels(buckets).thenApply(levels -> budgets(question.candidates(), policy, held, levels.iterator()));
    }

    /** As descriptors name it: without the namespace {@code default}. */
    private static String name(CompiledLimits policy) {
        return policy.name().startsWith(DEFAULT) ? policy.name().substring(DEFAULT.length()) : policy.name();
    }

    private List<Held> held(
            Resolution<TokenRateLimitPolicy, CompiledLimits> resolution, RequestHead head, Budgets.Question question, Candidate candidate) {
        var asked = new dev.gatehouse.ratelimit.ask.Question(Imagined.asked(resolution.rule(), head, question, candidate), hash);
        return proposer.propose(resolution.policy().compiled(), asked).enforced();
    }

    private CompletionStage<List<Level>> levels(List<Bucket> buckets) {
        return buckets.isEmpty() ? CompletableFuture.completedStage(List.of()) : limits.peek(buckets).exceptionally(error -> {
            throw new Unanswerable("the store of limits cannot be asked");
        });
    }

    private static List<Budget> budgets(List<Candidate> candidates, String policy, List<List<Held>> held, Iterator<Level> levels) {
        List<Budget> budgets = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            List<Level> own = held.get(i).stream().map(each -> levels.next()).toList();
            budgets.add(budget(candidates.get(i).name(), policy, held.get(i), own));
        }
        return budgets;
    }

    private static Budget budget(String candidate, String policy, List<Held> held, List<Level> levels) {
        boolean admitted = IntStream.range(0, held.size()).allMatch(i -> levels.get(i).remaining() >= Math.max(1, held.get(i).claim().estimate()));
        return IntStream.range(0, held.size()).boxed()
                .min(Comparator.comparingDouble(i -> share(levels.get(i))))
                .map(i -> budget(candidate, admitted, policy + "/" + held.get(i).budget().limit().name(), levels.get(i)))
                .orElseGet(() -> new Budget(candidate, true, "", 0, 0, Duration.ZERO));
    }

    private static Budget budget(String candidate, boolean admitted, String limit, Level level) {
        long full = level.fullInMillis() == Level.NEVER ? 0 : level.fullInMillis();
        return new Budget(candidate, admitted, limit, Math.max(0, level.remaining()), level.limit(), Duration.ofMillis(full));
    }

    private static double share(Level level) {
        return level.limit() == 0 ? 0 : (double) level.remaining() / level.limit();
    }
}
