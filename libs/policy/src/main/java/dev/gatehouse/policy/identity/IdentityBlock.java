package dev.gatehouse.policy.identity;

import dev.gatehouse.policy.document.InvalidField;
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
public record IdentityBlock(List<IdentitySource> principal, List<IdentitySource> tenant, Optional<ConversationSource> conversation) {

    /** The block of a policy that has none. */
    public static final IdentityBlock DEFAULT = new IdentityBlock(List.of(), List.of(), Optional.empty());

    private static final int MAX_SOURCES = 8;

    /**
     * Where a conversation's id is looked for first.
     *
     * @param header a request header that the client sets
     */
    public record ConversationSource(String header) {
        public ConversationSource {
            InvalidField.check(HeaderNames.isToken(InvalidField.required("header", header)), "header", HeaderNames.RULE);
        }
    }

    public IdentityBlock {
        InvalidField.check(principal.size() <= MAX_SOURCES, "principal", "has more than " + MAX_SOURCES + " sources");
        InvalidField.check(tenant.size() <= MAX_SOURCES, "tenant", "has more than " + MAX_SOURCES + " sources");
    }
}
