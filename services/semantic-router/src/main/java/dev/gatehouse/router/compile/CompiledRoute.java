package dev.gatehouse.router.compile;

import dev.gatehouse.cel.Expression;
import dev.gatehouse.policy.routing.Route;
import java.util.Optional;

/** A route with its condition. */
public record CompiledRoute(Route route, Optional<Expression<Boolean>> when) {

    public String name() {
        return route.name();
    }
}
