package dev.gatehouse.router.sticky;

import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.state.Key;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.StateUnavailable;
import dev.gatehouse.state.Values;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Remembers the route and model of a conversation. Without the store every turn is decided for itself. Thread-safe, may block. */
public record StickyRoutes(Values values, Keys keys) {

    private static final String FEATURE = "semantic-router";
    private static final String BETWEEN = "\n";

    /**
     * Where a conversation is.
     *
     * @param route empty for the default target
     * @param model empty for a target that sets headers only
     */
    public record Seat(String route, String model) {}

    /** Empty where nothing is remembered, the policy does not ask for it, or the conversation is not known. */
    public Optional<Seat> seat(CompiledRouting routing, Optional<String> conversation) {
        try {
            return key(routing.policy(), conversation).flatMap(values::get).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .map(text -> text.split(BETWEEN, 2)).filter(parts -> parts.length == 2).map(parts -> new Seat(parts[0], parts[1]));
        } catch (StateUnavailable e) {
            return Optional.empty();
        }
    }

    /** Remembers it from now on, for the policy's time. */
    public void keep(CompiledRouting routing, Optional<String> conversation, Seat seat) {
        key(routing.policy(), conversation).ifPresent(key -> Thread.startVirtualThread(() -> put(routing, key, seat)));
    }

    private void put(CompiledRouting routing, Key key, Seat seat) {
        try {
            values.put(key, (seat.route() + BETWEEN + seat.model()).getBytes(StandardCharsets.UTF_8),
                    routing.spec().sticky().orElseThrow().timeToLive());
        } catch (StateUnavailable e) {
            // The next turn is decided for itself.
        }
    }

    private Optional<Key> key(SemanticRoutingPolicy policy, Optional<String> conversation) {
        return policy.spec().sticky().flatMap(sticky -> conversation).map(known -> keys.key(policy.uid(), FEATURE, "conversation", known));
    }
}
