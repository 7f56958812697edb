package dev.gatehouse.policy.route;

import dev.gatehouse.exchange.RequestHead;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All known HTTPRoutes, indexed. Immutable. Precedence is Gateway API's: exact hostname, then the longest wildcard, then routes for
 * every host; exact path, then the longest prefix, then the longest regular expression (whose place Gateway API leaves open);
 * method, number of headers, number of query parameters; then the older route, then {@code namespace/name}, then order.
 */
public final class RouteTable {

    private final Map<String, HttpRoute> byName = new HashMap<>();
    private final Map<String, HostRoutes> exactHosts = new HashMap<>();
    private final Map<String, HostRoutes> wildcardHosts = new HashMap<>();
    private final HostRoutes anyHost = new HostRoutes();
    private final int[] wildcardLengths;

    public RouteTable(Collection<HttpRoute> routes) {
        routes.forEach(this::add);
        exactHosts.values().forEach(HostRoutes::sort);
        wildcardHosts.values().forEach(HostRoutes::sort);
        anyHost.sort();
        wildcardLengths = wildcardHosts.keySet().stream().map(String::length).distinct().sorted(Comparator.reverseOrder())
                .mapToInt(Integer::intValue).toArray();
    }

    /** The route of that name. */
    public Optional<HttpRoute> route(String namespace, String name) {
        return Optional.ofNullable(byName.get(namespace + "/" + name));
    }

    /** The rule that a request matches. */
    public Optional<RouteRule> match(RequestHead head) {
        RequestView request = RequestView.of(head);
        return find(exactHosts.get(request.host()), request)
                .or(() -> matchWildcard(request))
                .or(() -> anyHost.find(request))
                .map(Candidate::rule);
    }

    /** {@code *.example.com} is kept as {@code .example.com}, which stands for one or more labels before it. */
    private Optional<Candidate> matchWildcard(RequestView request) {
        String host = request.host();
        for (int length : wildcardLengths) {
            if (length < host.length()) {
                Optional<Candidate> found = find(wildcardHosts.get(host.substring(host.length() - length)), request);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Candidate> find(HostRoutes routes, RequestView request) {
        return routes == null ? Optional.empty() : routes.find(request);
    }

    private void add(HttpRoute route) {
        byName.put(route.metadata().qualifiedName(), route);
        List<HttpRoute.Rule> rules = route.spec().rules();
        for (int rule = 0; rule < rules.size(); rule++) {
            List<HttpRoute.Match> matches = rules.get(rule).matches();
            for (int match = 0; match < matches.size(); match++) {
                add(route, new Candidate(RouteRule.of(route, rule), matches.get(match), Matcher.of(matches.get(match)), match));
            }
        }
    }

    private void add(HttpRoute route, Candidate candidate) {
        if (route.spec().hostnames().isEmpty()) {
            anyHost.add(candidate);
        }
        route.spec().hostnames().forEach(hostname -> host(hostname).add(candidate));
    }

    private HostRoutes host(String hostname) {
        return hostname.startsWith("*.")
                ? wildcardHosts.computeIfAbsent(hostname.substring(1), key -> new HostRoutes())
                : exactHosts.computeIfAbsent(hostname, key -> new HostRoutes());
    }
}
