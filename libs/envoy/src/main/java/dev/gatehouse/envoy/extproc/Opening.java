package dev.gatehouse.envoy.extproc;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.ExchangeObserver.Observation;
import dev.gatehouse.exchange.RequestHead;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;

/**
 * What is known when a touched exchange begins.
 *
 * @param feature     the feature's name
 * @param strip       what is taken from the request's head in any case
 * @param endOfStream whether the request has no body
 * @param mayLeave    whether the host goes on by itself when we end the stream
 */
record Opening(
        String feature, RequestHead head, HeaderMutation strip, boolean endOfStream, boolean mayLeave, Acceptance acceptance, Observation observation) {}
