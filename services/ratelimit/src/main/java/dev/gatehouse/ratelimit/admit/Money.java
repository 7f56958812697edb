package dev.gatehouse.ratelimit.admit;

import dev.gatehouse.policy.limit.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as the store counts it: billionths of the currency, whole. */
public final class Money {

    private static final int DECIMALS = 9;
    /** Prices are for a million tokens. */
    private static final int PER_TOKEN = 6;

    private Money() {}

    /** What tokens cost, exact to half a billionth. */
    static long billionths(TokenUse use, Price price) {
        long plainInput = use.input() - use.cached() - use.cacheWrite() - use.audioInput();
        long plainOutput = use.output() - use.reasoning() - use.audioOutput();
        BigDecimal perMillion = times(price.input(), plainInput)
                .add(times(price.cachedInput().orElse(price.input()), use.cached()))
                .add(times(price.cacheWrite().orElse(price.input()), use.cacheWrite()))
                .add(times(price.audioInput().orElse(price.input()), use.audioInput()))
                .add(times(price.output(), plainOutput))
                .add(times(price.reasoning().orElse(price.output()), use.reasoning()))
                .add(times(price.audioOutput().orElse(price.output()), use.audioOutput()));
        return whole(perMillion.movePointLeft(PER_TOKEN));
    }

    /** An amount of the currency, rounded to billionths. */
    public static long whole(BigDecimal amount) {
        return amount.movePointRight(DECIMALS).setScale(0, RoundingMode.HALF_UP).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    /** Billionths as an amount of the currency, without needless zeros and never with an exponent. */
    public static BigDecimal amount(long billionths) {
        BigDecimal shortest = BigDecimal.valueOf(billionths, DECIMALS).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
