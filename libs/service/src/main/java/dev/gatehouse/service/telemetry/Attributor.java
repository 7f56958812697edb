package dev.gatehouse.service.telemetry;

import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.route.Attribution;

/** Says whose request an exchange is. */
public interface Attributor {

    /** Where a request came in and where it goes. */
    Attribution of(RequestHead head);

    /** The feature has answered such a request itself. */
    default void replied(Attribution where) {}
}
