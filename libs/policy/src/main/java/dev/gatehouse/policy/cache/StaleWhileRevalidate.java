package dev.gatehouse.policy.cache;

import dev.gatehouse.policy.document.Durations;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Expired answers are served for a time while the cache asks a backend of its own for a new one, with a credential of its own: the
 * client's is never kept.
 *
 * @param keep       how long after its expiry an answer may be served, 1 s to 7 days
 * @param backend    where the prompt is sent to, with the path that the client asked: {@code http://} or {@code https://}, host and port
 * @param credential name of a file in the service's folder of credentials, which holds the whole value of the {@code header}; without, none
 *                   is sent
 * @param header     that carries it; {@code authorization} by default
 */
public record StaleWhileRevalidate(
        @Required @ValidationRule(value = "duration(self) >= duration('1s') && duration(self) <= duration('168h')", message = "must be 1s to 168h") Duration keep,
        @Required @Size(max = 2048) @Pattern("^https?://[^/?@\\s]+(/[^?\\s]*)?$") String backend, @Pattern("^[A-Za-z0-9._-]{1,253}$") Optional<String> credential,
        @Default("authorization") @Pattern("^[A-Za-z0-9-]{1,64}$") String header) {

    public StaleWhileRevalidate {
        InvalidField.required("keep", keep);
        InvalidField.required("backend", backend);
        header = header == null ? "authorization" : header;
        InvalidField.check(Durations.within(keep, "1s", "168h"), "keep", "must be 1s to 168h");
        InvalidField.check(isHttp(backend), "backend", "must be http:// or https:// with a host, without query or user");
        InvalidField.check(credential.filter(name -> !name.matches("[A-Za-z0-9._-]{1,253}")).isEmpty(), "credential", "must be the name of a file");
        InvalidField.check(header.matches("[A-Za-z0-9-]{1,64}"), "header", "must be the name of a header field");
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
