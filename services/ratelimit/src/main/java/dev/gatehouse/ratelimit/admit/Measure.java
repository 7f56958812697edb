package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.cel.Expression;
import dev.gatehouse.policy.limit.Price;
import dev.gatehouse.policy.limit.Quota;
import dev.gatehouse.policy.limit.Unit;
import dev.gatehouse.ratelimit.ask.Question;
import dev.gatehouse.ratelimit.compile.CompiledLimit;
import dev.gatehouse.ratelimit.compile.Variables;
import dev.gatehouse.state.limit.Limits;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much of a limit an exchange takes: tokens, requests, bytes, or billionths of the currency.
 *
 * @param question the request
 * @param price    of its model, where it has one
 */
public record Measure(Question question, Optional<Price> price) {

    private static final double PER_TOKEN = 1e-6;

    /** The amount, 0 to {@link Limits#MAX_AMOUNT}. A cost that has no value for this request gives way to the unit's own measure. */
    public long amount(CompiledLimit limit, TokenUse use) {
        long amount = limit.limit().quota().map(quota -> ofQuota(limit, quota, use)).orElse(1L);
        return Math.clamp(amount, 0, Limits.MAX_AMOUNT);
    }

    private long ofQuota(CompiledLimit limit, Quota quota, TokenUse use) {
        return limit.cost().flatMap(cost -> byExpression(cost, quota.unit(), use)).orElseGet(() -> byUnit(quota.unit(), use));
    }

    private long byUnit(Unit unit, TokenUse use) {
        return switch (unit) {
            case Tokens -> use.total();
            case InputTokens -> use.input();
            case OutputTokens -> use.output();
            case Requests -> 1;
            case Bytes -> question.asked().bytes();
            case Cost -> price.map(known -> Money.billionths(use, known)).orElse(0L);
        };
    }

    private Optional<Long> byExpression(Expression<Number> cost, Unit unit, TokenUse use) {
        return Question.value(cost, facts(use)).filter(number -> Double.isFinite(number.doubleValue())).map(number -> unit == Unit.Cost
                ? Money.whole(BigDecimal.valueOf(number.doubleValue()).max(BigDecimal.ZERO))
                : (long) Math.ceil(Math.max(0, number.doubleValue())));
    }

    private Map<String, Object> facts(TokenUse use) {
        Map<String, Object> facts = new HashMap<>(question.facts());
        facts.put(Variables.INPUT, use.input());
        facts.put(Variables.OUTPUT, use.output());
        facts.put(Variables.TOTAL, use.total());
        facts.put(Variables.CACHED, use.cached());
        facts.put(Variables.CACHE_WRITE, use.cacheWrite());
        facts.put(Variables.REASONING, use.reasoning());
        facts.put(Variables.AUDIO_INPUT, use.audioInput());
        facts.put(Variables.AUDIO_OUTPUT, use.audioOutput());
        facts.put(Variables.PRICE_INPUT, price.map(known -> known.input().doubleValue() * PER_TOKEN).orElse(0.0));
        facts.put(Variables.PRICE_OUTPUT, price.map(known -> known.output().doubleValue() * PER_TOKEN).orElse(0.0));
        return facts;
    }
}
