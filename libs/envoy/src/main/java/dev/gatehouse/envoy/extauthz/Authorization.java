package dev.gatehouse.envoy.extauthz;

import dev.gatehouse.envoy.codec.Hops;
import dev.gatehouse.envoy.work.Watchdog;
import dev.gatehouse.envoy.work.WorkClock;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Attachment.Protocol;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.ExchangeObserver.Observation;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.RequestVerdict.Forward;
import dev.gatehouse.exchange.RequestVerdict.Reply;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One authorization by a handler on a virtual thread. The decision is made once, by the handler, by the watchdog or by the host
 * that went away, whoever comes first.
 */
final class Authorization implements Watchdog.Watched, Request {

    private static final Logger LOG = System.getLogger(Authorization.class.getName());
    private static final Body NOT_SENT = new Body(new byte[0], Body.Extent.NOT_SENT, Headers.empty());
    private static final LocalReply HANDLER_CANNOT_SAY =
            LocalReply.json(500, "{\"error\":{\"code\":\"gatehouse_internal_error\"}}");

    private final RequestHead head;
    private final Body body;
    private final Acceptance acceptance;
    private final Observation observation;
    private final Watchdog watchdog;
    private final Hops hops;
    private final WorkClock clock;
    private final CompletableFuture<Decision> decision = new CompletableFuture<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private Ending ending;

    Authorization(String feature, RequestHead head, Body body, Acceptance acceptance, Observation observation, Watchdog watchdog) {
        this.head = head;
        this.body = acceptance.interest().requestBody() ? limited(body, acceptance.maxBodyBytes()) : NOT_SENT;
        this.acceptance = acceptance;
        this.observation = observation;
        this.watchdog = watchdog;
        this.hops = new Hops(feature, head.handOver());
        this.clock = new WorkClock(acceptance.timeout());
    }

    CompletionStage<Decision> start() {
        watchdog.add(this);
        thread.start();
        return decision;
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public Body body() {
        return body;
    }

    @Override
    public void check(long now) {
        if (clock.isOverdue(now)) {
            fail(new Failure.TimedOut(acceptance.timeout()), acceptance.timeout());
        }
    }

    /** The host does not wait any more. */
    synchronized void abort() {
        if (ending == null) {
            ending = Ending.ABORTED;
            thread.interrupt();
        }
    }

    private void run() {
        observation.inContext(this::handle);
    }

    private void handle() {
        clock.start();
        try {
            RequestVerdict verdict = acceptance.handler().request(this);
            clock.pause();
            decide(verdict);
        } catch (Throwable failed) {
            clock.pause();
            fail(new Failure.Threw(failed), clock.worked());
        }
        close(leave());
    }

    private synchronized Ending leave() {
        watchdog.remove(this);
        Thread.interrupted();
        return ending;
    }

    private void decide(RequestVerdict verdict) {
        Optional<Capability> missing = missing(verdict);
        if (missing.isPresent()) {
            fail(new Failure.Impossible(head.attachment(), missing.get()), clock.worked());
            return;
        }
        switch (verdict) {
            case Forward forward -> end(Ending.COMPLETED, allowed(forward.headers(), forward.handOver()), clock.worked(), Optional.empty());
            case Reply reply -> end(Ending.REPLIED, denied(reply.reply()), clock.worked(), Optional.empty());
        }
    }

    /** Over HTTP the host takes any 200 for a yes. */
    private Optional<Capability> missing(RequestVerdict verdict) {
        boolean http = head.attachment().protocol() == Protocol.EXT_AUTHZ_HTTP;
        return switch (verdict) {
            case Forward forward when forward.body().isPresent() -> Optional.of(Capability.CHANGE_REQUEST_BODY);
            case Reply reply when http && reply.reply().status() == 200 -> Optional.of(Capability.REPLY);
            default -> Optional.empty();
        };
    }

    private void fail(Failure failure, Duration took) {
        if (acceptance.failureMode() == FailureMode.FailOpen) {
            end(Ending.COMPLETED, allowed(acceptance.handler().unjudged(), hops.failedOpen()), took, Optional.of(failure));
        } else {
            end(Ending.REPLIED, denied(replyTo(failure)), took, Optional.of(failure));
        }
    }

    private synchronized void end(Ending ending, Decision made, Duration took, Optional<Failure> failure) {
        if (this.ending != null) {
            return;
        }
        this.ending = ending;
        observation.phase("request", took, failure);
        decision.complete(made);
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    private Decision allowed(HeaderChange headers, HandOver own) {
        return new Decision.Allowed(headers, hops.passed(own));
    }

    private Decision denied(LocalReply reply) {
        return new Decision.Denied(reply.with(hops.passed(hops.replied(reply.handOver()))));
    }

    private LocalReply replyTo(Failure failure) {
        try {
            return acceptance.handler().failed(failure);
        } catch (RuntimeException e) {
            return HANDLER_CANNOT_SAY;
        }
    }

    private void close(Ending ending) {
        long start = System.nanoTime();
        try {
            acceptance.handler().close(ending);
        } catch (Throwable failed) {
            LOG.log(Level.WARNING, "{0}: closing an exchange failed: {1}", hops.feature(), failed.getClass().getName());
        }
        observation.phase("close", Duration.ofNanos(System.nanoTime() - start), Optional.empty());
        observation.end(ending);
    }

    private static Body limited(Body body, int limit) {
        return body.bytes().length <= limit
                ? body
                : new Body(Arrays.copyOf(body.bytes(), limit), Body.Extent.OVER_LIMIT, body.trailers());
    }
}
