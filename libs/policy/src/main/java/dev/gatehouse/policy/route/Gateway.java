package dev.gatehouse.policy.route;

import dev.gatehouse.policy.ObjectMeta;
import dev.gatehouse.policy.document.InvalidField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A Gateway of {@code gateway.networking.k8s.io/v1}, as far as it decides which HTTPRoutes it serves. */
public record Gateway(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    public static final String KIND = "Gateway";

    public record Spec(List<Listener> listeners) {}

    /**
     * @param hostname      exact or with a leading {@code *.}; every host when absent
     * @param allowedRoutes by default those of the Gateway's own namespace
     */
    public record Listener(String name, Optional<String> hostname, AllowedRoutes allowedRoutes) {
        public Listener {
            InvalidField.required("name", name);
            hostname = hostname.filter(host -> !host.isEmpty()).map(host -> host.toLowerCase(Locale.ROOT));
            allowedRoutes = allowedRoutes == null ? new AllowedRoutes(null) : allowedRoutes;
        }
    }

    public record AllowedRoutes(Namespaces namespaces) {
        public AllowedRoutes {
            namespaces = namespaces == null ? new Namespaces(null) : namespaces;
        }
    }

    /** From which namespaces routes may be; by default the Gateway's own. */
    public record Namespaces(From from) {
        public Namespaces {
            from = from == null ? From.Same : from;
        }
    }

    /** Namespaces of routes. Which ones a Selector selects only the gateway's own word in a route's status tells. */
    public enum From { All, Selector, Same, None }

    public Gateway {
        InvalidField.required("metadata", metadata);
        spec = spec == null ? new Spec(List.of()) : spec;
    }
}
