package dev.gatehouse.envoy.extproc;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Body.Extent;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.RequestVerdict.Forward;
import dev.gatehouse.exchange.ResponseVerdict.Rewrite;
import java.util.Optional;

/** What a verdict asks for that cannot be done any more, or never could in this attachment. */
final class Impossibilities {

    private Impossibilities() {}

    static Optional<Capability> of(Forward verdict, Attachment attachment, Leg leg, Extent seen) {
        if (leg.hasLostBytes()) {
            return Optional.of(Capability.WHOLE_REQUEST_BODY);
        }
        if (verdict.body().isPresent() && !attachment.can(Capability.CHANGE_REQUEST_BODY)) {
            return Optional.of(Capability.CHANGE_REQUEST_BODY);
        }
        if (verdict.body().isPresent() && (seen == Extent.CUT_BY_HOST || seen == Extent.OVER_LIMIT)) {
            return Optional.of(Capability.WHOLE_REQUEST_BODY);
        }
        boolean changesHead = !verdict.headers().isEmpty() || verdict.clearRouteCache();
        return changesHead && !leg.headIsHeld() ? Optional.of(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY) : Optional.empty();
    }

    static Optional<Capability> of(Rewrite verdict, Attachment attachment, Leg leg) {
        return attachment.can(Capability.CHANGE_RESPONSE_BODY) ? ofHead(verdict.headers(), leg) : Optional.of(Capability.CHANGE_RESPONSE_BODY);
    }

    static Optional<Capability> ofHead(HeaderChange headers, Leg leg) {
        return headers.isEmpty() || leg.headIsHeld() ? Optional.empty() : Optional.of(Capability.CHANGE_RESPONSE_HEADERS_FROM_BODY);
    }
}
