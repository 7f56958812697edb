package dev.gatehouse.policy.identity;

import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * How a policy learns who asks. Sources are asked in order; the first that gives a value wins.
 *
 * @param principal    sources of the principal; when absent: what an earlier service handed over, else the JWT's issuer and subject
 *                     ({@code envoy.filters.http.jwt_authn}, {@code payload}), else the client certificate, else an API key
 * @param tenant       sources of the tenant; when absent: what an earlier service handed over
 * @param conversation how a conversation is told from others
 */
public record IdentityBlock(
        @Size(max = 8) List<IdentitySource> principal, @Size(max = 8) List<IdentitySource> tenant, Optional<ConversationSource> conversation) {

    /** The block of a policy that has none. */
    public static final IdentityBlock DEFAULT = new IdentityBlock(List.of(), List.of(), Optional.empty());

    private static final int MAX_SOURCES = 8;

    /**
     * Where a conversation's id is looked for first.
     *
     * @param header a request header that the client sets
     */
    public record ConversationSource(
            @Required @Size(min = 1, max = 256) @Pattern(Schemas.HEADER_PATTERN)
            @ValidationRule(value = Schemas.NOT_OURS, message = Schemas.NOT_OURS_RULE) String header) {
        public ConversationSource {
            InvalidField.check(HeaderNames.isToken(InvalidField.required("header", header)), "header", HeaderNames.RULE);
        }
    }

    public IdentityBlock {
        InvalidField.check(principal.size() <= MAX_SOURCES, "principal", "has more than " + MAX_SOURCES + " sources");
        InvalidField.check(tenant.size() <= MAX_SOURCES, "tenant", "has more than " + MAX_SOURCES + " sources");
    }
}
