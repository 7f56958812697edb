/**
 * {@code envoy.service.ext_proc.v3.ExternalProcessor} as a neutral exchange, in all body modes.
 *
 * <p>{@link dev.gatehouse.envoy.extproc.ExtProcService} opens one conversation per HTTP exchange: an
 * {@link dev.gatehouse.envoy.extproc.Untouched} one answers on the event loop, a {@link dev.gatehouse.envoy.extproc.TouchedExchange}
 * runs its handler on one virtual thread. Each direction of a touched exchange is a {@link dev.gatehouse.envoy.extproc.Leg}: how
 * that body mode wants its messages answered. Messages and verdicts meet under one lock per exchange.
 *
 * <p>Sources: {@code external_processor.proto}, and Envoy's {@code processor_state.cc}, whose states the legs mirror.
 */
package dev.gatehouse.envoy.extproc;
