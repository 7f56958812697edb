package dev.gatehouse.policy.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which hosts a route serves behind a listener (Gateway API, HTTPRouteSpec.hostnames): those that both have. */
final class Hostnames {

    private Hostnames() {}

    /**
     * @param route none means every host
     * @return empty when the two have no host in common; the empty string stands for every host
     */
    static List<String> common(Optional<String> listener, List<String> route) {
        List<String> hosts = route.isEmpty() ? List.of("") : route;
        return listener.map(host -> hosts.stream().flatMap(other -> common(host, other).stream()).distinct().toList()).orElse(hosts);
    }

    private static Optional<String> common(String listener, String route) {
        if (route.isEmpty() || covers(route, listener)) {
            return Optional.of(listener);
        }
        return Stream.of(route).filter(host -> host.equals(listener) || covers(listener, host)).findFirst();
    }

    /** Whether the wider one is {@code *.example.com} and the other lies below it. */
    private static boolean covers(String wider, String host) {
        return wider.startsWith("*.") && host.length() >= wider.length() && !host.equals(wider) && host.endsWith(wider.substring(1));
    }
}
