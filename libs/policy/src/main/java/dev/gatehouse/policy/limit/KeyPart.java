package dev.gatehouse.policy.limit;

import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One part of a limit's key; exactly one of {@code header}, {@code attribute}, {@code claim} and {@code cel} is given.
 *
 * @param header    a request header, all its values joined with commas. Clients can choose it unless the gateway overwrites it
 * @param attribute what the service knows of the request
 * @param claim     a value in the host's dynamic metadata, e.g. a claim of the JWT
 * @param cel       an expression that gives a string
 * @param visible   whether the value may be shown to operators (API, CLI); hashed otherwise. By default only for what is a name: Model, Backend,
 *                  Route, Gateway, SourceNamespace, SourceServiceAccount, Tenant
 */
@ValidationRule(value = "[has(self.header), has(self.attribute), has(self.claim), has(self.cel)].filter(given, given).size() == 1",
        message = "must have exactly one of header, attribute, claim, cel")
@ValidationRule(value = "!has(self.visible) || !self.visible || !has(self.attribute) || self.attribute != 'ApiKey'", fieldPath = ".visible",
        message = "cannot be true for ApiKey")
public record KeyPart(
        @Size(min = 1, max = 256) @Pattern(Schemas.HEADER_PATTERN) @ValidationRule(value = Schemas.NOT_OURS, message = Schemas.NOT_OURS_RULE)
        Optional<String> header, Optional<Attribute> attribute, Optional<Claim> claim, Optional<String> cel, Optional<Boolean> visible) {

    /** What the service knows of a request. */
    public enum Attribute {
        /** Who asks, by the identity block. */ Principal(false),
        /** For whom, by the identity block. */ Tenant(true),
        /** A keyed hash of the API key in {@code authorization}, {@code x-api-key}, {@code api-key} or {@code x-goog-api-key}. */ ApiKey(false),
        /** Namespace of the client's workload, from its SPIFFE id or as the host names it. */ SourceNamespace(true),
        /** Service account of the client's workload, {@code NAMESPACE/NAME}, from its SPIFFE id or as the host names it. */ SourceServiceAccount(true),
        /** The client's IP address as the host sees it, without its port. */ ClientAddress(false),
        /** The requested model. */ Model(true),
        /** The backend of the route's rule, or the cluster that the host names. */ Backend(true),
        /** The HTTPRoute, {@code NAMESPACE/NAME}. */ Route(true),
        /** The Gateway, {@code NAMESPACE/NAME}, where the host names it or the route has but one. */ Gateway(true);

        private final boolean isName;

        Attribute(boolean isName) {
            this.isName = isName;
        }
    }

    /**
     * @param namespace metadata namespace; {@code envoy.filters.http.jwt_authn} by default
     * @param path      1 to 16 keys down to the value, e.g. {@code [payload, plan]}
     */
    public record Claim(
            @Default("envoy.filters.http.jwt_authn") String namespace, @Required @Size(min = 1, max = 16) List<String> path) {
        public Claim {
            namespace = namespace == null ? "envoy.filters.http.jwt_authn" : namespace;
            InvalidField.check(!path.isEmpty() && path.size() <= 16, "path", "must have 1 to 16 keys");
        }
    }

    public KeyPart {
        long given = Stream.of(header, attribute, claim, cel).filter(Optional::isPresent).count();
        InvalidField.check(given == 1, "", "must have exactly one of header, attribute, claim, cel; has " + given);
        InvalidField.check(header.isEmpty() || isHeaderName(header.get()), "header",
                "must be a header name, and not one of x-gatehouse-*, which no client can send");
        boolean showsKey = attribute.filter(Attribute.ApiKey::equals).isPresent() && visible.orElse(false);
        InvalidField.check(!showsKey, "visible", "cannot be true for ApiKey");
    }

    /** Whether operators may see the value. */
    public boolean isShown() {
        return visible.orElse(attribute.filter(known -> known.isName).isPresent());
    }

    private static boolean isHeaderName(String name) {
        return name.length() <= 256 && !name.isEmpty() && name.chars().allMatch(KeyPart::isTokenCharacter)
                && !name.regionMatches(true, 0, "x-gatehouse-", 0, 12);
    }

    /** RFC 9110, 5.6.2. */
    private static boolean isTokenCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
