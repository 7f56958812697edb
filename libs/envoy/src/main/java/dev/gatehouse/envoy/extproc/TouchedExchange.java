package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import dev.gatehouse.envoy.work.Watchdog;
import dev.gatehouse.envoy.work.WorkClock;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An exchange that a policy touches: where the host's messages (event loop), the handler's verdicts (its virtual thread) and the
 * watchdog's timeouts meet, under one lock. Each phase is decided once, by whoever comes first; what comes later is ignored.
 */
final class TouchedExchange implements Conversation, Watchdog.Watched {

    private enum Phase { REQUEST, BETWEEN, RESPONSE, REWRITING, OVER }

    private static final LocalReply HANDLER_CANNOT_SAY =
            LocalReply.json(500, "{\"error\":{\"code\":\"gatehouse_internal_error\"}}");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Opening opening;
    private final Replies replies;
    private final Watchdog watchdog;
    private final WorkClock clock;
    private final RequestSide request;
    private final Untouched rest;
    private final Thread thread;

    private ResponseSide response;
    private Phase phase = Phase.REQUEST;
    private Ending ending = Ending.ABORTED;
    private boolean started;
    private boolean starved;

    TouchedExchange(Opening opening, Replies replies, Watchdog watchdog) {
        this.opening = opening;
        this.replies = replies;
        this.watchdog = watchdog;
        this.clock = new WorkClock(opening.acceptance().timeout());
        this.request = new RequestSide(opening, replies);
        this.rest = new Untouched(opening.head().attachment(), replies, HeaderMutation.getDefaultInstance(), false);
        this.thread = Thread.ofVirtual().unstarted(new HandlerRun(this, opening, clock));
    }

    // --- the host

    @Override
    public void receive(ProcessingRequest message) {
        lock.lock();
        try {
            if (!replies.isEnded()) {
                dispatch(message);
                leaveWhenSettled();
                changed.signalAll();
            }
            starved = isSaturated();
            if (!starved) {
                replies.requestNext();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void closed() {
        lock.lock();
        try {
            abandon();
            replies.complete();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void check(long now) {
        if (!clock.isOverdue(now)) {
            return;
        }
        lock.lock();
        try {
            if (isJudging() && clock.isOverdue(now)) {
                fail(new Failure.TimedOut(opening.acceptance().timeout()), opening.acceptance().timeout());
                thread.interrupt();
                feed();
            }
        } finally {
            lock.unlock();
        }
    }

    private void dispatch(ProcessingRequest message) {
        switch (message.getRequestCase()) {
            case REQUEST_HEADERS -> begin();
            case REQUEST_BODY -> chunk(request.leg(), message.getRequestBody());
            case REQUEST_TRAILERS -> request.leg().trailers(Heads.trailers(message.getRequestTrailers()));
            case RESPONSE_HEADERS -> responseBegins(message);
            case RESPONSE_BODY, RESPONSE_TRAILERS -> responseGoesOn(message);
            case REQUEST_NOT_SET -> { }
        }
    }

    private void begin() {
        if (!started) {
            started = true;
            request.leg().head(opening.endOfStream());
            watchdog.add(this);
            thread.start();
        }
    }

    /** A response to a request that was never let go is the host's own: it passes, and what is left of the request is dropped. */
    private void responseBegins(ProcessingRequest message) {
        if (phase == Phase.REQUEST && !request.leg().headIsHeld()) {
            request.leg().replace(Outcome.NONE, ByteString.EMPTY);
        }
        if (phase == Phase.REQUEST) {
            abandon();
        }
        if (phase != Phase.BETWEEN) {
            rest.pass(message);
            return;
        }
        phase = Phase.RESPONSE;
        response = new ResponseSide(opening, message, replies);
        response.leg().head(message.getResponseHeaders().getEndOfStream());
    }

    private void responseGoesOn(ProcessingRequest message) {
        if (response == null) {
            rest.pass(message);
        } else if (message.hasResponseBody()) {
            chunk(response.leg(), message.getResponseBody());
        } else {
            response.leg().trailers(Heads.trailers(message.getResponseTrailers()));
        }
    }

    private static void chunk(Leg leg, HttpBody body) {
        leg.chunk(body.getBody(), body.getEndOfStream());
    }

    /** Whether enough is held for now: the next message is asked for when the handler has moved on. */
    private boolean isSaturated() {
        return switch (phase) {
            case REQUEST -> request.intake().isOverLimit();
            case RESPONSE, REWRITING -> response.intake().isOverLimit();
            case BETWEEN, OVER -> false;
        };
    }

    /** Ends the stream when there is nothing more to say: Envoy then goes on without asking, and the response is spared it. */
    private void leaveWhenSettled() {
        if (opening.mayLeave() && phase == Phase.OVER && response == null && request.leg().isSettled()) {
            replies.complete();
        }
    }

    private void feed() {
        leaveWhenSettled();
        if (starved && !isSaturated()) {
            starved = false;
            replies.requestNext();
        }
    }

    // --- the handler's thread

    Body awaitRequestBody() throws InterruptedException {
        return awaitBody(request.leg(), request.intake());
    }

    Body awaitResponseBody() throws InterruptedException {
        return awaitBody(response.leg(), response.intake());
    }

    /** Waits for the response's head; empty when there will be none for the handler. */
    Optional<ResponseHead> awaitResponse() throws InterruptedException {
        lock.lock();
        try {
            while (phase == Phase.BETWEEN) {
                changed.await();
            }
            return phase == Phase.RESPONSE ? Optional.of(response.head()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void decide(RequestVerdict verdict) {
        settle(Phase.REQUEST, () -> {
            switch (verdict) {
                case RequestVerdict.Forward forward -> request.missing(forward)
                        .ifPresentOrElse(this::failImpossible, () -> forward(forward));
                case RequestVerdict.Reply reply -> reply(reply.reply());
            }
        });
    }

    void decide(ResponseVerdict verdict) {
        settle(Phase.RESPONSE, () -> response.missing(verdict).ifPresentOrElse(this::failImpossible, () -> carryOut(verdict)));
    }

    void threw(Throwable cause) {
        lock.lock();
        try {
            if (isJudging()) {
                fail(new Failure.Threw(cause), clock.worked());
                feed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next chunk for the rewriter; null after the last. */
    byte[] nextChunk() throws InterruptedException {
        lock.lock();
        try {
            clock.pause();
            ByteString next = takeChunk();
            feed();
            clock.start();
            return next == null ? null : next.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    Headers responseTrailers() {
        return response.intake().trailers();
    }

    void write(ByteString bytes) throws InterruptedException {
        lock.lock();
        try {
            requireRewriting();
            response.leg().write(bytes);
        } finally {
            lock.unlock();
        }
    }

    void rewritten(HandOver more) {
        settle(Phase.REWRITING, () -> {
            report(clock.worked(), Optional.empty());
            response.finish(more);
            end(Ending.COMPLETED);
        });
    }

    /** The handler has nothing more to decide. */
    Ending leave() {
        lock.lock();
        try {
            watchdog.remove(this);
            phase = Phase.OVER;
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private Body awaitBody(Leg leg, Intake intake) throws InterruptedException {
        lock.lock();
        try {
            if (!intake.isReady()) {
                leg.bodyAwaited();
                clock.pause();
                awaitReady(intake);
                clock.resume();
            }
            return intake.body();
        } finally {
            lock.unlock();
        }
    }

    private void awaitReady(Intake intake) throws InterruptedException {
        while (!intake.isReady()) {
            changed.await();
            if (phase == Phase.OVER) {
                throw new InterruptedException("the exchange is over");
            }
        }
    }

    private ByteString takeChunk() throws InterruptedException {
        requireRewriting();
        ByteString next = response.leg().take();
        while (next == null && !response.intake().isEnded()) {
            feed();
            changed.await();
            requireRewriting();
            next = response.leg().take();
        }
        return next;
    }

    private void requireRewriting() throws InterruptedException {
        if (phase != Phase.REWRITING) {
            throw new InterruptedException("the response is not the rewriter's any more");
        }
    }

    private void settle(Phase expected, Runnable decision) {
        lock.lock();
        try {
            if (phase == expected) {
                decision.run();
                feed();
            }
        } finally {
            lock.unlock();
        }
    }

    // --- decisions, under the lock

    private boolean isJudging() {
        return phase == Phase.REQUEST || phase == Phase.RESPONSE || phase == Phase.REWRITING;
    }

    private void forward(RequestVerdict.Forward verdict) {
        report(clock.worked(), Optional.empty());
        request.forward(verdict);
        if (opening.acceptance().interest().response()) {
            phase = Phase.BETWEEN;
        } else {
            end(Ending.COMPLETED);
        }
    }

    private void reply(LocalReply reply) {
        report(clock.worked(), Optional.empty());
        request.reply(reply);
        end(Ending.REPLIED);
    }

    private void carryOut(ResponseVerdict verdict) {
        switch (verdict) {
            case ResponseVerdict.Pass pass -> {
                report(clock.worked(), Optional.empty());
                response.pass(pass);
                end(Ending.COMPLETED);
            }
            case ResponseVerdict.Rewrite rewrite -> {
                response.rewrite(rewrite);
                phase = Phase.REWRITING;
            }
            case ResponseVerdict.Replace replace -> {
                report(clock.worked(), Optional.empty());
                response.replace(replace.reply());
                end(Ending.REPLIED);
            }
        }
    }

    private void failImpossible(Capability missing) {
        fail(new Failure.Impossible(opening.head().attachment(), missing), clock.worked());
    }

    private void fail(Failure failure, Duration took) {
        report(took, Optional.of(failure));
        boolean open = opening.acceptance().failureMode() == FailureMode.FailOpen;
        if (phase == Phase.REQUEST) {
            failRequest(failure, open);
        } else if (open) {
            failResponseOpen();
        } else {
            failResponseClosed(failure);
        }
    }

    private void failRequest(Failure failure, boolean open) {
        if (open && request.failOpen()) {
            end(Ending.COMPLETED);
        } else {
            request.reply(replyTo(failure));
            end(Ending.REPLIED);
        }
    }

    private void failResponseOpen() {
        if (phase == Phase.REWRITING) {
            response.failOpenRewriting();
        } else {
            response.failOpen();
        }
        end(Ending.COMPLETED);
    }

    private void failResponseClosed(Failure failure) {
        if (response.leg().headIsHeld()) {
            response.replace(replyTo(failure));
        } else if (phase == Phase.REWRITING) {
            response.finish(HandOver.none());
        } else {
            response.replaceBody(replyTo(failure));
        }
        end(Ending.REPLIED);
    }

    private LocalReply replyTo(Failure failure) {
        try {
            return opening.acceptance().handler().failed(failure);
        } catch (RuntimeException e) {
            return HANDLER_CANNOT_SAY;
        }
    }

    private void report(Duration took, Optional<Failure> failure) {
        opening.observation().phase(phase == Phase.REQUEST ? "request" : "response", took, failure);
    }

    private void end(Ending ending) {
        this.ending = ending;
        this.phase = Phase.OVER;
    }

    private void abandon() {
        if (phase != Phase.OVER) {
            end(Ending.ABORTED);
            request.intake().discard();
            changed.signalAll();
            thread.interrupt();
        }
    }
}
