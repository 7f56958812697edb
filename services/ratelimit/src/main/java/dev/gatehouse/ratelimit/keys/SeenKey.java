package dev.gatehouse.ratelimit.keys;

import dev.gatehouse.ratelimit.admit.Budget;
import java.util.List;

/**
 * A key that a limit has counted.
 *
 * @param policy {@code namespace/name}
 * @param label  what may be shown of its values: names in clear, all others as {@code #} and the beginning of a keyed hash
 * @param budget where it is counted
 */
public record SeenKey(String policy, List<String> label, Budget budget) {

    public String limit() {
        return budget.limit().name();
    }
}
