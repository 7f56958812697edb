package dev.gatehouse.policy.route;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * HTTPRoutes as their Gateways take them. A route that no Gateway lets in serves no request, and must not decide which policy applies
 * to the requests of one that is let in. Immutable.
 */
public final class Topology {

    /** Why a Gateway does not take a route, in the words of Gateway API. */
    public enum Reason { GatewayNotFound, NoMatchingParent, NotAllowedByListeners, NoMatchingListenerHostname, NotAccepted }

    /** @param message one sentence for people */
    public record Refusal(Reason reason, String message) {}

    private final Map<String, Gateway> gateways;
    private final Map<String, List<ReferenceGrant>> grants;
    private final Map<String, HttpRoute> declared = new HashMap<>();
    private final List<HttpRoute> effective;
    private final Predicate<String> watched;

    /**
     * @param watched whether the Gateways of a namespace are known; of others nobody can say that they are missing
     */
    public Topology(Collection<HttpRoute> routes, Collection<Gateway> gateways, Collection<ReferenceGrant> grants, Predicate<String> watched) {
        this.gateways = gateways.stream().collect(Collectors.toMap(gateway -> gateway.metadata().qualifiedName(), gateway -> gateway));
        this.grants = grants.stream().collect(Collectors.groupingBy(grant -> grant.metadata().namespace()));
        this.watched = watched;
        routes.forEach(route -> declared.put(route.metadata().qualifiedName(), route));
        this.effective = routes.stream().map(this::effective).flatMap(Optional::stream).toList();
    }

    /**
     * The routes that serve requests: with those parents that take them, those hosts that a listener of these serves too, and those
     * backends that they may refer to.
     */
    public List<HttpRoute> routes() {
        return effective;
    }

    /** A route as it was declared, by {@code namespace/name}. */
    public Optional<HttpRoute> declared(String qualifiedName) {
        return Optional.ofNullable(declared.get(qualifiedName));
    }

    /** A Gateway, by {@code namespace/name}. */
    public Optional<Gateway> gateway(String qualifiedName) {
        return Optional.ofNullable(gateways.get(qualifiedName));
    }

    /** Whether the Gateways and routes of a namespace are known at all. */
    public boolean knows(String namespace) {
        return watched.test(namespace);
    }

    /** Why this parent does not take the route; empty when it does, or when nobody can tell. The gateway's own word comes first. */
    public Optional<Refusal> refusal(HttpRoute route, HttpRoute.ParentRef parent) {
        Optional<Boolean> word = route.acceptedBy(parent);
        if (word.isPresent()) {
            return word.get() ? Optional.empty() : Optional.of(byGateway(route, parent));
        } else if (!parent.kind().equals(Gateway.KIND)) {
            return Optional.empty();
        }
        String name = gatewayName(route, parent);
        Gateway gateway = gateways.get(name);
        if (gateway == null) {
            return watched.test(name.substring(0, name.indexOf('/')))
                    ? Optional.of(new Refusal(Reason.GatewayNotFound, "there is no Gateway " + name)) : Optional.empty();
        }
        return refusal(route, parent, gateway);
    }

    private static Refusal byGateway(HttpRoute route, HttpRoute.ParentRef parent) {
        String reason = route.refusedBecause(parent);
        boolean listeners = reason.equals(Reason.NotAllowedByListeners.name());
        return new Refusal(listeners ? Reason.NotAllowedByListeners : Reason.NotAccepted,
                "the Gateway does not accept HTTPRoute " + route.metadata().qualifiedName() + ": " + reason);
    }

    private static Optional<Refusal> refusal(HttpRoute route, HttpRoute.ParentRef parent, Gateway gateway) {
        List<Gateway.Listener> named = listeners(gateway, parent);
        List<Gateway.Listener> allowing = named.stream().filter(listener -> allows(gateway, listener, route)).toList();
        if (named.isEmpty()) {
            return Optional.of(new Refusal(Reason.NoMatchingParent, "the Gateway has no listener " + parent.sectionName().orElse("at all")));
        } else if (allowing.isEmpty()) {
            return Optional.of(new Refusal(Reason.NotAllowedByListeners,
                    "no listener allows routes from namespace " + route.metadata().namespace()));
        } else if (hosts(route, allowing).isEmpty()) {
            return Optional.of(new Refusal(Reason.NoMatchingListenerHostname, "no listener serves a hostname of the route"));
        }
        return Optional.empty();
    }

    private static List<Gateway.Listener> listeners(Gateway gateway, HttpRoute.ParentRef parent) {
        return gateway.spec().listeners().stream().filter(listener -> parent.sectionName().filter(name -> !name.equals(listener.name())).isEmpty()).toList();
    }

    private static boolean allows(Gateway gateway, Gateway.Listener listener, HttpRoute route) {
        return switch (listener.allowedRoutes().namespaces().from()) {
            case All, Selector -> true;
            case Same -> gateway.metadata().namespace().equals(route.metadata().namespace());
            case None -> false;
        };
    }

    private Optional<HttpRoute> effective(HttpRoute route) {
        List<HttpRoute.ParentRef> parents = route.spec().parentRefs().stream().filter(parent -> refusal(route, parent).isEmpty()).toList();
        return parents.isEmpty() ? Optional.empty() : Optional.of(route.with(new HttpRoute.Spec(parents, hosts(route, parents, gateways), rules(route))));
    }

    private static List<String> hosts(HttpRoute route, List<HttpRoute.ParentRef> parents, Map<String, Gateway> gateways) {
        Set<String> hosts = new LinkedHashSet<>();
        for (HttpRoute.ParentRef parent : parents) {
            Gateway gateway = parent.kind().equals(Gateway.KIND) ? gateways.get(gatewayName(route, parent)) : null;
            hosts.addAll(gateway == null ? Hostnames.common(Optional.empty(), route.spec().hostnames())
                    : hosts(route, listeners(gateway, parent).stream().filter(listener -> allows(gateway, listener, route)).toList()));
        }
        return hosts.isEmpty() || hosts.contains("") ? route.spec().hostnames() : List.copyOf(hosts);
    }

    private static List<String> hosts(HttpRoute route, List<Gateway.Listener> listeners) {
        return listeners.stream().flatMap(listener -> Hostnames.common(listener.hostname(), route.spec().hostnames()).stream()).distinct().toList();
    }

    private List<HttpRoute.Rule> rules(HttpRoute route) {
        return route.spec().rules().stream().map(rule -> new HttpRoute.Rule(rule.name(), rule.matches(),
                rule.backendRefs().stream().filter(backend -> mayRefer(route, backend)).toList())).toList();
    }

    private boolean mayRefer(HttpRoute route, HttpRoute.BackendRef backend) {
        String from = route.metadata().namespace();
        String to = backend.namespace().orElse(from);
        return to.equals(from) || grants.getOrDefault(to, List.of()).stream().anyMatch(grant -> grant.permits(from, backend.kind(), backend.name()));
    }

    /** {@code namespace/name} of the Gateway that a parent reference means. */
    public static String gatewayName(HttpRoute route, HttpRoute.ParentRef parent) {
        return parent.namespace().orElse(route.metadata().namespace()) + "/" + parent.name();
    }
}
