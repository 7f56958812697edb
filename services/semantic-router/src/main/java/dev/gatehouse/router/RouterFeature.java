package dev.gatehouse.router;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.RequestHead;
import java.util.Optional;

/** Semantic routing as a feature. No policy touches an exchange yet: all pass. */
public final class RouterFeature implements Feature {

    static final String NAME = "semantic-router";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return Optional.empty();
    }
}
