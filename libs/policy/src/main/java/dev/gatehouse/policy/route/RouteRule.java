package dev.gatehouse.policy.route;

import java.util.Optional;

/**
 * A rule of an HTTPRoute, by name; the route itself need not be known.
 *
 * @param namespace the route's
 * @param name      the route's
 * @param index     which of its rules, from 0; empty when the host did not say
 * @param ruleName  the rule's own name, where it has one and it is known
 * @param route     the route, where it is known
 */
public record RouteRule(String namespace, String name, Optional<Integer> index, Optional<String> ruleName, Optional<HttpRoute> route) {

    /** The rule at that index of a known route. */
    public static RouteRule of(HttpRoute route, int index) {
        return new RouteRule(route.metadata().namespace(), route.metadata().name(), Optional.of(index),
                route.spec().rules().get(index).name(), Optional.of(route));
    }

    /** The rule itself, where the route is known and has it. */
    public Optional<HttpRoute.Rule> rule() {
        return route.flatMap(known -> index.filter(i -> i < known.spec().rules().size()).map(known.spec().rules()::get));
    }
}
