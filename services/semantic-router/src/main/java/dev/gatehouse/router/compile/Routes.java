package dev.gatehouse.router.compile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The routes of a policy as requests look for them.
 *
 * @param rules  those without examples, by priority, the highest first, then as the policy lists them
 * @param byName all
 */
public record Routes(List<CompiledRoute> rules, Map<String, CompiledRoute> byName) {

    /** @param all in the order in which they are asked */
    static Routes of(List<CompiledRoute> all) {
        return new Routes(all.stream().filter(route -> !route.route().isClassified()).toList(),
                all.stream().collect(Collectors.toUnmodifiableMap(CompiledRoute::name, Function.identity())));
    }

    Optional<CompiledRoute> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
