package dev.gatehouse.router.decide;

import dev.gatehouse.router.classify.Classification;
import dev.gatehouse.router.external.Opinion;
import dev.gatehouse.router.health.Unavailable;
import dev.gatehouse.router.health.Watch;
import java.util.Map;
import java.util.Optional;

/**
 * Where a request goes.
 *
 * @param route          the route chosen; empty for the default target and for what is left alone
 * @param model          the model chosen; empty where the target names none, or nothing is changed
 * @param headers        to be set beside
 * @param classification what the classifier made of it; empty where it was not asked
 * @param opinion        what a decider outside said; empty where it was not asked
 * @param skipped        candidates that were out, and why
 * @param forced         whether the model is used although it is out, since all are
 * @param watch          what has to be told how the exchange goes
 */
public record Decision(
        Why why, Optional<String> route, Optional<String> model, Map<String, String> headers, Optional<Classification> classification,
        Optional<Opinion> opinion, Map<String, Unavailable> skipped, boolean forced, Watch watch) {

    /** The request is left as it came. */
    public static Decision keep(Why why) {
        return new Decision(why, Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Map.of(), false, Watch.NONE);
    }

    /** Whether anything of the request is changed. */
    public boolean changes() {
        return model.isPresent() || !headers.isEmpty();
    }
}
