package dev.gatehouse.policy.identity;

import java.util.Optional;

/**
 * Who asks, for whom, in which conversation. Never logged or used as a metric's label in clear.
 *
 * @param principal    a value that a trusted filter or gateway gave; {@code spiffe://...} from a certificate; {@code key:} and a keyed
 *                     hash for an API key
 * @param tenant       for whom
 * @param conversation {@code conversation:} and a keyed hash, which holds the principal: nobody can name another's conversation
 */
public record Identity(Optional<String> principal, Optional<String> tenant, Optional<String> conversation) {

    /** Says what is known, not who it is. */
    @Override
    public String toString() {
        return "Identity[principal " + known(principal) + ", tenant " + known(tenant) + ", conversation " + known(conversation) + "]";
    }

    private static String known(Optional<String> value) {
        return value.isPresent() ? "known" : "unknown";
    }
}
