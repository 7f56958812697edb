package dev.gatehouse.state.health;

import dev.gatehouse.state.Key;
import java.time.Duration;

/**
 * What one replica saw of one subject since its last report; without anything seen it only asks how the subject stands.
 *
 * @param subject   its record
 * @param rules     by which the circuit is judged now
 * @param successes requests that went well
 * @param failures  requests that failed
 * @param latest    failures after the last success
 * @param pause     how long the subject asked to be left alone (429 with {@code Retry-After}), bounded by the rules; zero if it did not
 * @param trial     what became of the trial that this replica was granted
 */
public record Report(Key subject, CircuitRules rules, int successes, int failures, int latest, Duration pause, Trial trial) {

    /** A trial is one request to a subject whose circuit has been open long enough. */
    public enum Trial {
        /** None is wanted and none is held. */ NONE,
        /** A request was held back that could be one. */ WANTED,
        /** It went well: the circuit closes. */ PASSED,
        /** It did not: the circuit opens again, for longer. */ FAILED,
        /** It told nothing, e.g. the client went away: another may try. */ VOID
    }

    public Report {
        if (successes < 0 || failures < 0 || latest < 0 || latest > failures || pause.isNegative()) {
            throw new IllegalArgumentException("a report's numbers must not be negative, and no more failures be the latest than there were");
        }
    }

    /** Asks only. */
    public static Report question(Key subject, CircuitRules rules) {
        return new Report(subject, rules, 0, 0, 0, Duration.ZERO, Trial.NONE);
    }
}
