package dev.gatehouse.guard.compile;

import dev.gatehouse.guard.inspect.Verdict;
import dev.gatehouse.policy.guard.MaskStyle;
import dev.gatehouse.policy.guard.Reads;
import dev.gatehouse.text.Finding;
import dev.gatehouse.text.view.InspectedText;
import java.util.List;

/**
 * A rule ready to run.
 *
 * @param name         the rule's name
 * @param effect       what its findings do: its action, or Report in shadow mode
 * @param reads        which texts it reads
 * @param style        how it masks
 * @param minimumScore findings below do not count
 * @param readsAcross  whether it also reads the neighbouring texts of a message put together
 * @param scan         its detector over the readings that it needs
 */
public record CompiledRule(String name, Verdict effect, Reads reads, MaskStyle style, double minimumScore, boolean readsAcross, Scan scan) {

    /** A detector over the readings of a text that make sense for it. */
    @FunctionalInterface
    public interface Scan {
        List<Finding> scan(InspectedText text);
    }

    /** The findings that count. */
    public List<Finding> findings(InspectedText text) {
        return scan.scan(text).stream().filter(finding -> finding.score() >= minimumScore).toList();
    }
}
