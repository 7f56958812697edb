package dev.gatehouse.policy.identity;

import dev.gatehouse.exchange.HandOver;
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

    /**
     * What {@code feature} hands over of it: the first service that resolves an identity writes it, so keys that are in
     * {@code before} are left out.
     */
    public HandOver handOver(String feature, HandOver before) {
        HandOver principals = added(HandOver.none(), feature, HandOver.PRINCIPAL, principal, before);
        return added(principals, feature, HandOver.TENANT, tenant, before);
    }

    private static HandOver added(HandOver to, String feature, HandOver.Key<String> key, Optional<String> value, HandOver before) {
        return value.isEmpty() || before.get(key).isPresent() ? to : to.with(feature, key, value.get());
    }

    /** Says what is known, not who it is. */
    @Override
    public String toString() {
        return "Identity[principal " + known(principal) + ", tenant " + known(tenant) + ", conversation " + known(conversation) + "]";
    }

    private static String known(Optional<String> value) {
        return value.isPresent() ? "known" : "unknown";
    }
}
