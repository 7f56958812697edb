package dev.gatehouse.risk.compile;

import dev.gatehouse.policy.risk.AnswerPart;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.judge.Verdict;
import dev.gatehouse.risk.moderation.Moderator;
import dev.gatehouse.text.stream.StreamingDetector;
import java.util.List;
import java.util.Optional;

/** A rule ready to run: of detectors of our own, or of an endpoint outside. */
public sealed interface CompiledRule {

    String name();

    /** What its findings do: its action, or Report in shadow mode. */
    Verdict effect();

    /** Which texts of an answer it reads. */
    List<AnswerPart> parts();

    /**
     * A rule that reads the text as it comes.
     *
     * @param minimumScore findings below do not count
     * @param needsRequest whether its detector compares with the request
     * @param source       makes the detector
     */
    record Reading(String name, Verdict effect, List<AnswerPart> parts, double minimumScore, boolean needsRequest, Source source)
            implements CompiledRule {}

    /**
     * A rule that asks an endpoint.
     *
     * @param windowSize code points that are judged at a time at most
     */
    record Asking(String name, Verdict effect, List<AnswerPart> parts, double minimumScore, int windowSize, Moderator moderator)
            implements CompiledRule {}

    /** Makes a rule's detector for one exchange; empty where the request gives nothing to compare with. */
    @FunctionalInterface
    interface Source {
        Optional<StreamingDetector> detector(Asked asked);

        /** The same for all exchanges. */
        static Source always(StreamingDetector detector) {
            Optional<StreamingDetector> same = Optional.of(detector);
            return asked -> same;
        }
    }
}
