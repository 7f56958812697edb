package dev.gatehouse.policy.identity;

import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One place to learn a principal or a tenant from; exactly one member is given.
 *
 * @param metadata          dynamic metadata that jwt_authn, ext_authz or another trusted filter wrote
 * @param clientCertificate the SPIFFE id (or other URI) in the client's certificate
 * @param apiKey            an API key, of which only a keyed hash is ever kept
 * @param header            a header that a gateway sets, and overwrites when a client sends it
 */
@ValidationRule(value = "[has(self.metadata), has(self.clientCertificate), has(self.apiKey), has(self.header)].filter(given, given).size() == 1",
        message = "must have exactly one of metadata, clientCertificate, apiKey, header")
public record IdentitySource(
        Optional<FromMetadata> metadata, Optional<FromClientCertificate> clientCertificate, Optional<FromApiKey> apiKey,
        Optional<FromHeader> header) {

    /** The typed reading of a source. */
    public sealed interface Origin {}

    /**
     * @param namespace metadata namespace, e.g. {@code envoy.filters.http.jwt_authn}
     * @param path      keys down to the value, e.g. {@code [payload, sub]}
     * @param issuer    keys down to the value's issuer, e.g. {@code [payload, iss]}: two issuers' equal subjects are then two
     *                  principals
     */
    public record FromMetadata(
            @Required String namespace, @Required @Size(min = 1, max = 16) List<String> path, @Size(max = 16) List<String> issuer) implements Origin {
        public FromMetadata {
            InvalidField.required("namespace", namespace);
            InvalidField.check(!path.isEmpty() && path.size() <= 16, "path", "must have 1 to 16 keys");
            InvalidField.check(issuer.size() <= 16, "issuer", "must have at most 16 keys");
        }
    }

    /**
     * By default the host's attribute {@code connection.uri_san_peer_certificate}.
     *
     * @param forwardedBy a Gateway that sets {@code x-forwarded-client-cert}; only then that header is believed
     */
    public record FromClientCertificate(Optional<SettingGateway> forwardedBy) implements Origin {}

    /**
     * @param headers headers to look in, first match wins; by default {@code authorization} (its credentials),
     *                {@code x-api-key}, {@code api-key} and {@code x-goog-api-key}
     */
    public record FromApiKey(
            @Size(max = 16) @ValidationRule(value = "self.all(name, !name.lowerAscii().startsWith('x-gatehouse-'))", message = Schemas.NOT_OURS_RULE)
            List<@Size(min = 1, max = 256) @Pattern(Schemas.HEADER_PATTERN) String> headers) implements Origin {
        private static final List<String> DEFAULT_HEADERS = List.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

        public FromApiKey {
            InvalidField.check(headers.size() <= 16, "headers", "must be at most 16");
            headers = headers.isEmpty() ? DEFAULT_HEADERS : headers;
            InvalidField.check(headers.stream().allMatch(HeaderNames::isToken), "headers", HeaderNames.RULE);
        }
    }

    /**
     * @param name  header name
     * @param setBy the Gateway that sets it on every request; where the host names the Gateway, another's is not believed
     */
    public record FromHeader(
            @Required @Size(min = 1, max = 256) @Pattern(Schemas.HEADER_PATTERN)
            @ValidationRule(value = Schemas.NOT_OURS, message = Schemas.NOT_OURS_RULE) String name,
            @Required SettingGateway setBy) implements Origin {
        public FromHeader {
            InvalidField.check(HeaderNames.isToken(InvalidField.required("name", name)), "name", HeaderNames.RULE);
            InvalidField.check(setBy != null, "setBy", "is required: name the Gateway that sets this header, or clients could choose it");
        }
    }

    /**
     * A Gateway that is declared to set a header itself.
     *
     * @param name      its name, or {@code *} where there is but one way in
     * @param namespace its namespace; any when absent
     */
    public record SettingGateway(@Required String name, Optional<String> namespace) {
        public SettingGateway {
            InvalidField.required("name", name);
        }
    }

    public IdentitySource {
        long given = Stream.of(metadata, clientCertificate, apiKey, header).filter(Optional::isPresent).count();
        InvalidField.check(given == 1, "", "must have exactly one of metadata, clientCertificate, apiKey, header; has " + given);
    }

    public static IdentitySource of(FromMetadata origin) {
        return new IdentitySource(Optional.of(origin), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static IdentitySource of(FromClientCertificate origin) {
        return new IdentitySource(Optional.empty(), Optional.of(origin), Optional.empty(), Optional.empty());
    }

    public static IdentitySource of(FromApiKey origin) {
        return new IdentitySource(Optional.empty(), Optional.empty(), Optional.of(origin), Optional.empty());
    }

    /** The one that is given. */
    public Origin origin() {
        return Stream.of(metadata, clientCertificate, apiKey, header).flatMap(Optional::stream).map(Origin.class::cast)
                .findFirst().orElseThrow();
    }
}
