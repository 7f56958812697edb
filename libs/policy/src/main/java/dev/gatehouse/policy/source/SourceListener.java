package dev.gatehouse.policy.source;

import dev.gatehouse.policy.document.Fault;

/** Told what a source does; calls come one at a time and must be quick. */
public interface SourceListener {

    /** A new snapshot holds from now on. */
    default void loaded(Snapshot<?, ?> snapshot) {}

    /** A field of a foreign kind (an HTTPRoute) that we do not read; worth a debug line. */
    default void passedOver(Fault field) {}

    /** Listens to nothing. */
    SourceListener NONE = new SourceListener() {};
}
