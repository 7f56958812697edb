package dev.gatehouse.envoy.codec;

import dev.gatehouse.exchange.HandOver;

/**
 * The marks that an attachment adds to a feature's own hand-over: the path of services, who replied, who failed open.
 *
 * @param feature the feature's name
 * @param before  what came in with the request
 */
public record Hops(String feature, HandOver before) {

    /** The feature took part and the request goes on. */
    public HandOver passed(HandOver own) {
        return own.with(feature, HandOver.PATH, HandOver.pathWith(before, feature));
    }

    /** The feature answered in the backend's place. */
    public HandOver replied(HandOver own) {
        return own.with(feature, HandOver.REPLIED_BY, feature);
    }

    /** The feature failed and its policy lets the exchange go on. */
    public HandOver failedOpen() {
        String all = before.get(HandOver.FAIL_OPEN).map(earlier -> earlier + "," + feature).orElse(feature);
        return HandOver.none().with(feature, HandOver.FAIL_OPEN, all);
    }
}
