package dev.gatehouse.policy.route;

import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestHead;
import java.util.Locale;
import java.util.Optional;

/**
 * A request as Envoy's router sees it. Envoy has normalised the path (or not, as it was told) before any filter runs and routes by
 * what it then has, so nothing is normalised here: {@code //}, {@code %2f}, {@code ..} and {@code ;} stand for themselves. Neither
 * path nor authority is ever parsed as a URL.
 *
 * @param host  the authority in lower case without its port; a trailing dot stays, as in Envoy
 * @param path  up to the first {@code ?} or {@code #}
 * @param query behind the first {@code ?}, or empty
 */
record RequestView(String method, String host, String path, String query, Headers headers) {

    static RequestView of(RequestHead head) {
        String raw = head.path();
        int fragment = raw.indexOf('#');
        String whole = fragment < 0 ? raw : raw.substring(0, fragment);
        int question = whole.indexOf('?');
        String path = question < 0 ? whole : whole.substring(0, question);
        String query = question < 0 ? "" : whole.substring(question + 1);
        return new RequestView(head.method(), host(head.authority()), path, query, head.headers());
    }

    /** Cuts the port where Envoy does ({@code ignore_port_in_host_matching}): at the last colon that is not inside brackets. */
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && colon > authority.lastIndexOf(']');
        return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }

    /** All values of a header, joined as Envoy joins them to match a route. */
    Optional<String> header(String name) {
        var values = headers.all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    /** The first value of a query parameter, as written (Envoy decodes none to match a route). */
    Optional<String> queryParam(String name) {
        int from = 0;
        while (from <= query.length()) {
            int end = query.indexOf('&', from);
            String pair = query.substring(from, end < 0 ? query.length() : end);
            int equals = pair.indexOf('=');
            if ((equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                return Optional.of(equals < 0 ? "" : pair.substring(equals + 1));
            }
            from = end < 0 ? query.length() + 1 : end + 1;
        }
        return Optional.empty();
    }
}
