package dev.gatehouse.envoy.extproc;

import dev.gatehouse.envoy.work.WorkClock;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.ResponseVerdict;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a touched exchange has come, and what each decision does to it. Each phase is decided once, by whoever comes first;
 * decisions that come later are ignored. Guarded by the exchange's lock.
 */
final class Course {

    /** What the exchange waits for. */
    enum Phase {
        /** The verdict on the request. */ REQUEST,
        /** The response. */ BETWEEN,
        /** The verdict on the response. */ RESPONSE,
        /** The end of the rewriting. */ REWRITING,
        /** Nothing. */ OVER
    }

    private static final LocalReply HANDLER_CANNOT_SAY =
            LocalReply.json(500, "{\"error\":{\"code\":\"gatehouse_internal_error\"}}");

    private final Opening opening;
    private final Replies replies;
    private final WorkClock clock;
    private final RequestSide request;
    private ResponseSide response;
    private Phase phase = Phase.REQUEST;
    private Ending ending = Ending.ABORTED;

    Course(Opening opening, Replies replies, WorkClock clock) {
        this.opening = opening;
        this.replies = replies;
        this.clock = clock;
        this.request = new RequestSide(opening, replies);
    }

    Phase phase() {
        return phase;
    }

    /** The handler decides no more; says how it ended. */
    Ending leave() {
        phase = Phase.OVER;
        return ending;
    }

    RequestSide request() {
        return request;
    }

    /** The response that is the handler's to judge, or null. */
    ResponseSide response() {
        return response;
    }

    /** The response to a request that went on has begun. */
    void responseBegins(ProcessingRequest message) {
        phase = Phase.RESPONSE;
        response = new ResponseSide(opening, message, replies);
        response.leg().head(message.getResponseHeaders().getEndOfStream());
        long began = System.nanoTime();
        passedAtOnce().filter(pass -> response.missing(pass).isEmpty()).ifPresent(pass -> {
            report(Duration.ofNanos(System.nanoTime() - began), Optional.empty());
            response.pass(pass);
            end(Ending.COMPLETED);
        });
    }

    private Optional<ResponseVerdict.Pass> passedAtOnce() {
        try {
            return opening.acceptance().handler().passedAtOnce(response.head());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether enough is held for now: more is asked for when the handler has moved on. */
    boolean isSaturated() {
        return switch (phase) {
            case REQUEST -> request.intake().isOverLimit();
            case RESPONSE, REWRITING -> response.intake().isOverLimit();
            case BETWEEN, OVER -> false;
        };
    }

    /** Whether there is nothing more to say, and nothing to lose when the stream ends here. */
    boolean isSettled() {
        return opening.mayLeave() && phase == Phase.OVER && response == null && request.leg().isSettled();
    }

    void decide(RequestVerdict verdict) {
        if (phase != Phase.REQUEST) {
            return;
        }
        switch (verdict) {
            case RequestVerdict.Forward forward -> request.missing(forward)
                    .ifPresentOrElse(this::failImpossible, () -> forward(forward));
            case RequestVerdict.Reply reply -> reply(reply.reply());
        }
    }

    void decide(ResponseVerdict verdict) {
        if (phase == Phase.RESPONSE) {
            response.missing(verdict).ifPresentOrElse(this::failImpossible, () -> carryOut(verdict));
        }
    }

    /** The rewriter has written all. */
    void rewritten(HandOver more) {
        if (phase == Phase.REWRITING) {
            report(clock.worked(), Optional.empty());
            response.finish(more);
            end(Ending.COMPLETED);
        }
    }

    /** Whether the handler owes a decision. */
    boolean isJudging() {
        return phase == Phase.REQUEST || phase == Phase.RESPONSE || phase == Phase.REWRITING;
    }

    private void forward(RequestVerdict.Forward verdict) {
        report(clock.worked(), Optional.empty());
        request.forward(verdict);
        if (opening.acceptance().interest().response() && opening.acceptance().handler().wantsResponse()) {
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

    /** The handler has failed at the decision it owes. */
    void fail(Failure failure, Duration took) {
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
            response.breakOff(failure);
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

    /** Nothing is left to decide. */
    void end(Ending ending) {
        this.ending = ending;
        this.phase = Phase.OVER;
    }
}
