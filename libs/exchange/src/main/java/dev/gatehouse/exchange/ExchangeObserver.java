package dev.gatehouse.exchange;

import java.time.Duration;
import java.util.Optional;

/** Told about every exchange for metrics and traces. Calls come from the exchange's threads and must be quick. */
public interface ExchangeObserver {

    /** An exchange that a policy touches begins; the returned observation is ended exactly once. */
    Observation begin(String feature, RequestHead head);

    /** An exchange that no policy touches went by. */
    default void untouched(String feature, RequestHead head) {}

    /** One exchange under way. */
    interface Observation {

        /** A call of the handler took that long and failed or not; {@code phase} is request, response or close. */
        default void phase(String phase, Duration took, Optional<Failure> failure) {}

        /** Runs a handler call with the observation's trace context current. */
        default void inContext(Runnable work) {
            work.run();
        }

        default void end(Ending ending) {}
    }

    /** Observes nothing. */
    ExchangeObserver NONE = (feature, head) -> new Observation() {};
}
