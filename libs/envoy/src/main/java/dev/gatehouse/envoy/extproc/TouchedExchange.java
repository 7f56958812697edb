package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import dev.gatehouse.envoy.extproc.Course.Phase;
import dev.gatehouse.envoy.work.Watchdog;
import dev.gatehouse.envoy.work.WorkClock;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An exchange that a policy touches: where the host's messages (event loop), the handler's verdicts (its virtual thread) and the
 * watchdog's timeouts meet, under one lock.
 */
final class TouchedExchange implements Conversation, Watchdog.Watched {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Opening opening;
    private final Replies replies;
    private final Watchdog watchdog;
    private final WorkClock clock;
    private final Course course;
    private final Untouched rest;
    private final Thread thread;

    private boolean started;
    private boolean starved;

    TouchedExchange(Opening opening, Replies replies, Watchdog watchdog) {
        this.opening = opening;
        this.replies = replies;
        this.watchdog = watchdog;
        this.clock = new WorkClock(opening.acceptance().timeout());
        this.course = new Course(opening, replies, clock);
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
            starved = course.isSaturated();
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
            if (course.isJudging() && clock.isOverdue(now)) {
                course.fail(new Failure.TimedOut(opening.acceptance().timeout()), opening.acceptance().timeout());
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
            case REQUEST_BODY -> chunk(course.request().leg(), message.getRequestBody());
            case REQUEST_TRAILERS -> course.request().leg().trailers(Heads.trailers(message.getRequestTrailers()));
            case RESPONSE_HEADERS -> responseBegins(message);
            case RESPONSE_BODY, RESPONSE_TRAILERS -> responseGoesOn(message);
            case REQUEST_NOT_SET -> { }
        }
    }

    private void begin() {
        if (!started) {
            started = true;
            course.request().leg().head(opening.endOfStream());
            watchdog.add(this);
            thread.start();
        }
    }

    /** A response to a request that was never let go is the host's own: it passes, and what is left of the request is dropped. */
    private void responseBegins(ProcessingRequest message) {
        if (course.phase() == Phase.REQUEST && !course.request().leg().headIsHeld()) {
            course.request().leg().replace(Outcome.NONE, ByteString.EMPTY);
        }
        if (course.phase() == Phase.REQUEST) {
            abandon();
        }
        if (course.phase() != Phase.BETWEEN) {
            rest.pass(message);
            return;
        }
        course.responseBegins(message);
    }

    private void responseGoesOn(ProcessingRequest message) {
        if (course.response() == null) {
            rest.pass(message);
            return;
        }
        course.response().tells(message);
        if (message.hasResponseBody()) {
            chunk(course.response().leg(), message.getResponseBody());
        } else {
            course.response().leg().trailers(Heads.trailers(message.getResponseTrailers()));
        }
    }

    private static void chunk(Leg leg, HttpBody body) {
        leg.chunk(body.getBody(), body.getEndOfStream());
    }

    /** Ends the stream when there is nothing more to say: Envoy then goes on without asking, and the response is spared it. */
    private void leaveWhenSettled() {
        if (course.isSettled()) {
            replies.complete();
        }
    }

    private void feed() {
        leaveWhenSettled();
        if (starved && !course.isSaturated()) {
            starved = false;
            replies.requestNext();
        }
    }

    // --- the handler's thread

    Body awaitRequestBody() throws InterruptedException {
        return awaitBody(course.request().leg(), course.request().intake());
    }

    Body awaitResponseBody() throws InterruptedException {
        return awaitBody(course.response().leg(), course.response().intake());
    }

    /** Waits for the response's head; empty when there will be none for the handler. */
    Optional<ResponseHead> awaitResponse() throws InterruptedException {
        lock.lock();
        try {
            while (course.phase() == Phase.BETWEEN) {
                changed.await();
            }
            return course.phase() == Phase.RESPONSE ? Optional.of(course.response().head()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    void decide(RequestVerdict verdict) {
        settle(() -> course.decide(verdict));
    }

    void decide(ResponseVerdict verdict) {
        settle(() -> course.decide(verdict));
    }

    void rewritten(HandOver more) {
        settle(() -> course.rewritten(more));
    }

    void threw(Throwable cause) {
        settle(() -> {
            if (course.isJudging()) {
                course.fail(new Failure.Threw(cause), clock.worked());
            }
        });
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

    HandOver responseHandOver() {
        lock.lock();
        try {
            return course.response().told();
        } finally {
            lock.unlock();
        }
    }

    Headers responseTrailers() {
        return course.response().intake().trailers();
    }

    void write(ByteString bytes) throws InterruptedException {
        lock.lock();
        try {
            requireRewriting();
            course.response().leg().write(bytes);
        } finally {
            lock.unlock();
        }
    }

    /** The handler has nothing more to decide. */
    Ending leave() {
        lock.lock();
        try {
            watchdog.remove(this);
            return course.leave();
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
            if (course.phase() == Phase.OVER) {
                throw new InterruptedException("the exchange is over");
            }
        }
    }

    private ByteString takeChunk() throws InterruptedException {
        requireRewriting();
        ByteString next = course.response().leg().take();
        while (next == null && !course.response().intake().isEnded()) {
            feed();
            changed.await();
            requireRewriting();
            next = course.response().leg().take();
        }
        return next;
    }

    private void requireRewriting() throws InterruptedException {
        if (course.phase() != Phase.REWRITING) {
            throw new InterruptedException("the response is not the rewriter's any more");
        }
    }

    private void settle(Runnable decision) {
        lock.lock();
        try {
            decision.run();
            feed();
        } finally {
            lock.unlock();
        }
    }

    private void abandon() {
        if (course.phase() != Phase.OVER) {
            course.end(Ending.ABORTED);
            course.request().intake().discard();
            changed.signalAll();
            thread.interrupt();
        }
    }
}
