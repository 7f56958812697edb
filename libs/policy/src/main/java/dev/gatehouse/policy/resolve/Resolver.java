package dev.gatehouse.policy.resolve;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.CompiledPolicy;
import dev.gatehouse.policy.Policy;
import dev.gatehouse.policy.TargetRef;
import dev.gatehouse.policy.route.EnvoyAttributes;
import dev.gatehouse.policy.route.HttpRoute;
import dev.gatehouse.policy.route.RouteRule;
import dev.gatehouse.policy.route.RouteTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which policy applies to a request. Immutable and thread-safe; never blocks.
 *
 * <p>The route is the one that the host names in its attributes, else the one that Gateway API's matching finds. Then the most
 * specific level that has a policy wins: backend (Service, ServiceImport, InferencePool, InferencePoolImport, XBackend), named rule, HTTPRoute,
 * listener, Gateway, every request; within a level the oldest policy, then the first by {@code namespace/name} (GEP-713).
 */
public final class Resolver<P extends Policy, C> {

    private final Map<TargetKey, List<CompiledPolicy<P, C>>> byTarget = new HashMap<>();
    private final RouteTable routes;

    public Resolver(Collection<CompiledPolicy<P, C>> policies, Collection<HttpRoute> routes) {
        this.routes = new RouteTable(routes);
        policies.stream().sorted(Comparator.comparing(CompiledPolicy::policy, Policy.BY_PRECEDENCE)).forEach(this::index);
    }

    /** The policy for a request; empty when none applies. */
    public Optional<Resolution<P, C>> resolve(RequestHead head) {
        if (byTarget.isEmpty()) {
            return Optional.empty();
        }
        Optional<RouteRule> rule = route(head);
        List<CompiledPolicy<P, C>> found = new ArrayList<>(4);
        for (List<TargetKey> level : levels(head, rule)) {
            addNew(policiesAt(level), found);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(resolution(List.copyOf(found), rule));
    }

    /** The route's rule that a request takes: the one that the host names, else the one that it matches. */
    public Optional<RouteRule> route(RequestHead head) {
        return EnvoyAttributes.rule(head, routes).or(() -> routes.match(head));
    }

    /** Who wins on a target of that policy; empty when the resolver does not know the policy. */
    public Optional<CompiledPolicy<P, C>> holder(Policy policy, TargetRef target) {
        return byTarget.getOrDefault(TargetKey.of(policy, target), List.of()).stream().findFirst();
    }

    /** Policies that never win on a target because an older one has the very same target. */
    public Set<P> conflicted() {
        Set<P> winners = new LinkedHashSet<>();
        Set<P> losers = new LinkedHashSet<>();
        for (List<CompiledPolicy<P, C>> rivals : byTarget.values()) {
            winners.add(rivals.getFirst().policy());
            rivals.stream().skip(1).forEach(rival -> losers.add(rival.policy()));
        }
        losers.removeAll(winners);
        return losers;
    }

    private Resolution<P, C> resolution(List<CompiledPolicy<P, C>> found, Optional<RouteRule> rule) {
        return new Resolution<>(found.getFirst(), found.subList(1, found.size()), rule);
    }

    /** Compares by identity: the hash of a policy is that of all its rules, too dear for each request. */
    private static <P extends Policy, C> void addNew(List<CompiledPolicy<P, C>> policies, List<CompiledPolicy<P, C>> found) {
        for (CompiledPolicy<P, C> policy : policies) {
            if (found.stream().noneMatch(known -> known == policy)) {
                found.add(policy);
            }
        }
    }

    private List<CompiledPolicy<P, C>> policiesAt(List<TargetKey> level) {
        if (level.size() == 1) {
            return byTarget.getOrDefault(level.getFirst(), List.of());
        }
        return level.stream().flatMap(key -> byTarget.getOrDefault(key, List.of()).stream())
                .sorted(Comparator.comparing(CompiledPolicy::policy, Policy.BY_PRECEDENCE)).toList();
    }

    private static List<List<TargetKey>> levels(RequestHead head, Optional<RouteRule> rule) {
        Optional<EnvoyAttributes.Listener> listener = EnvoyAttributes.listener(head);
        List<List<TargetKey>> levels = new ArrayList<>(6);
        levels.add(backends(head, rule));
        rule.ifPresent(known -> addRoute(levels, known));
        levels.add(listener.map(Resolver::listenerKey).orElseGet(() -> listenersOfParents(rule)));
        levels.add(listener.map(Resolver::gatewayKey).orElseGet(() -> gatewaysOfParents(rule)));
        levels.add(List.of(TargetKey.ANY));
        return levels;
    }

    private static void addRoute(List<List<TargetKey>> levels, RouteRule rule) {
        rule.ruleName().ifPresent(name -> levels.add(List.of(new TargetKey(HttpRoute.KIND, rule.namespace(), rule.name(), name))));
        levels.add(List.of(new TargetKey(HttpRoute.KIND, rule.namespace(), rule.name(), "")));
    }

    /** The chosen Service where the host names it, else every backend of the rule; and a mesh route's parent Service. */
    private static List<TargetKey> backends(RequestHead head, Optional<RouteRule> rule) {
        Optional<HttpRoute.BackendRef> chosen = EnvoyAttributes.istioService(head);
        List<TargetKey> keys = new ArrayList<>();
        chosen.ifPresent(service -> keys.add(backendKey(service, "")));
        rule.ifPresent(known -> {
            if (chosen.isEmpty()) {
                known.rule().ifPresent(rules -> rules.backendRefs().forEach(ref -> keys.add(backendKey(ref, known.namespace()))));
            }
            parents(rule, TargetRef.Kind.Service).forEach(parent -> keys.add(parentKey(known, parent, "")));
        });
        return keys;
    }

    private static List<TargetKey> listenersOfParents(Optional<RouteRule> rule) {
        return parents(rule, TargetRef.Kind.Gateway).stream()
                .map(parent -> parentKey(rule.orElseThrow(), parent, parent.sectionName().orElse(TargetKey.ANY_LISTENER))).toList();
    }

    private static List<TargetKey> gatewaysOfParents(Optional<RouteRule> rule) {
        return parents(rule, TargetRef.Kind.Gateway).stream().map(parent -> parentKey(rule.orElseThrow(), parent, "")).toList();
    }

    private static List<HttpRoute.ParentRef> parents(Optional<RouteRule> rule, TargetRef.Kind kind) {
        return rule.flatMap(RouteRule::route).map(HttpRoute::spec).map(HttpRoute.Spec::parentRefs).orElse(List.of()).stream()
                .filter(parent -> parent.kind().equals(kind.name())).toList();
    }

    private static TargetKey parentKey(RouteRule rule, HttpRoute.ParentRef parent, String section) {
        return new TargetKey(parent.kind(), parent.namespace().orElse(rule.namespace()), parent.name(), section);
    }

    private static TargetKey backendKey(HttpRoute.BackendRef ref, String namespace) {
        return new TargetKey(ref.kind(), ref.namespace().orElse(namespace), ref.name(), "");
    }

    private static List<TargetKey> listenerKey(EnvoyAttributes.Listener listener) {
        return List.of(new TargetKey(TargetRef.Kind.Gateway.name(), listener.namespace(), listener.gateway(),
                listener.name().orElse(TargetKey.ANY_LISTENER)));
    }

    private static List<TargetKey> gatewayKey(EnvoyAttributes.Listener listener) {
        return List.of(new TargetKey(TargetRef.Kind.Gateway.name(), listener.namespace(), listener.gateway(), ""));
    }

    private void index(CompiledPolicy<P, C> policy) {
        for (TargetRef ref : policy.policy().targetRefs()) {
            TargetKey key = TargetKey.of(policy.policy(), ref);
            put(key, policy);
            if (key.isListener()) {
                put(key.anyListener(), policy);
            }
        }
    }

    private void put(TargetKey key, CompiledPolicy<P, C> policy) {
        byTarget.computeIfAbsent(key, unused -> new ArrayList<>()).add(policy);
    }
}
