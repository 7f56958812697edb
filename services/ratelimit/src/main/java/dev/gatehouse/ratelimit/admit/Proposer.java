package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.limit.Price;
import dev.gatehouse.policy.limit.Prices;
import dev.gatehouse.policy.limit.Unit;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.ratelimit.ask.Question;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.limit.Claim;
import dev.gatehouse.state.limit.ReservationId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what a request is to reserve. Asks no store. */
public record Proposer(Budgets budgets, OutputEstimates estimates) {

    private static final String LENGTHS = "lengths";
    /** Of an answer whose length is a guess, this share of what is left of a bucket's size: others want to get in meanwhile. */
    private static final int GUESSED_SHARE = 4;

    /** Whether a limit counts money, and the request's model has no price and needs one. */
    public boolean lacksPrice(CompiledLimits policy, Question question) {
        boolean refuses = policy.spec().prices().unknown() == Prices.Unknown.Refuse && question.asked().usesTokens();
        return refuses && price(policy, question.asked()).isEmpty()
                && policy.limits().stream().anyMatch(limit -> needsPrice(limit) && limit.enforced() && question.concerns(limit));
    }

    /** The claims of all limits that apply. */
    public Proposal propose(CompiledLimits policy, Question question) {
        Optional<Price> price = price(policy, question.asked());
        List<Budget> applying = policy.limits().stream()
                .filter(limit -> counts(limit, question.asked(), price) && question.concerns(limit))
                .map(limit -> budgets.of(policy, limit, question.key(limit)))
                .toList();
        Key subject = subject(policy, question.asked(), applying);
        OutputEstimates.Expected answer = estimates.expected(policy.spec().estimate(), question.asked().bound(), subject);
        TokenUse expected = TokenUse.of(question.asked().input().tokens(), answer.tokens());
        Measure measure = new Measure(question, price);
        List<Held> held = applying.stream().map(budget -> held(budget, measure, expected, answer.learned())).toList();
        return new Proposal(policy, question, price, expected, subject, of(held, true), of(held, false), ReservationId.random(), ReservationId.random());
    }

    /**
     * Never more than the bucket can hold, or the request could never be admitted, unless its input alone is more. The floor is what the
     * input costs: that much stays charged if the exchange is never settled.
     */
    private static Held held(Budget budget, Measure measure, TokenUse expected, boolean known) {
        long whole = measure.amount(budget.limit(), expected);
        long input = Math.min(whole, measure.amount(budget.limit(), TokenUse.of(expected.input(), 0)));
        long room = Math.max(0, budget.capacity() - input);
        long most = input + (known || !budget.limit().limit().isOfTokens() ? room : room / GUESSED_SHARE);
        boolean inFlight = budget.limit().limit().concurrency().isPresent();
        return new Held(budget, new Claim(budget.bucket(), Math.min(whole, most), inFlight ? 0 : input));
    }

    private static List<Held> of(List<Held> held, boolean enforced) {
        return held.stream().filter(each -> each.budget().limit().enforced() == enforced).toList();
    }

    private static boolean counts(CompiledLimit limit, Asked asked, Optional<Price> price) {
        return limit.limit().quota().map(quota -> switch (quota.unit()) {
            case Requests -> true;
            case Bytes -> asked.bytes() > 0;
            case Tokens, InputTokens, OutputTokens -> asked.usesTokens();
            case Cost -> asked.usesTokens() && (price.isPresent() || limit.cost().isPresent());
        }).orElse(true);
    }

    private static boolean needsPrice(CompiledLimit limit) {
        return limit.cost().isEmpty() && limit.limit().quota().filter(quota -> quota.unit() == Unit.Cost).isPresent();
    }

    private static Optional<Price> price(CompiledLimits policy, Asked asked) {
        return policy.spec().prices().of(asked.model());
    }

    /** Lengths are learned for the finest key that is limited, and the model. */
    private Key subject(CompiledLimits policy, Asked asked, List<Budget> applying) {
        Stream<String> finest = applying.stream().max(Comparator.comparingInt(budget -> budget.key().size()))
                .map(budget -> budget.key().stream()).orElse(Stream.of());
        return budgets.keys().key(policy.policy().uid(), LENGTHS, Stream.concat(Stream.of(asked.model()), finest).toArray(String[]::new));
    }
}
