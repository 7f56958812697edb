package dev.gatehouse.exchange;

import java.util.Optional;

/**
 * What a service adds to an exchange. One instance serves all exchanges and is thread-safe.
 */
public interface Feature {

    /** Short name as used in metadata and metrics, e.g. {@code guard}. */
    String name();

    /**
     * Decides, on the event loop, whether this exchange concerns the feature. Must not block: it only looks policies up.
     *
     * @return empty when no policy touches the exchange, which then passes untouched
     */
    Optional<Acceptance> accept(RequestHead head);
}
