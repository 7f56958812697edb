package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.Headers;
import java.util.Optional;

/** Finds the API key in a request's headers. What it returns is hashed at once and kept nowhere. */
final class ApiKeys {

    private ApiKeys() {}

    static Optional<String> find(IdentitySource.FromApiKey source, Headers headers) {
        return source.headers().stream()
                .flatMap(name -> headers.first(name).map(value -> credentials(name, value)).stream())
                .filter(key -> !key.isEmpty())
                .findFirst();
    }

    /** Behind the scheme of {@code authorization} (RFC 9110, 11.4), so that {@code Bearer k} and {@code bearer  k} are one key. */
    private static String credentials(String name, String value) {
        String trimmed = value.strip();
        int space = trimmed.indexOf(' ');
        return name.equalsIgnoreCase("authorization") && space > 0 ? trimmed.substring(space + 1).strip() : trimmed;
    }
}
