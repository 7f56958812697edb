package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import dev.gatehouse.envoy.work.WorkClock;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.Headers;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.exchange.ResponseVerdict.Rewrite;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** What the exchange's virtual thread runs: the handler's request, response and close, in this order, each at most once. */
final class HandlerRun implements Runnable {

    private static final Logger LOG = System.getLogger(HandlerRun.class.getName());
    private static final Body NOT_SENT = new Body(new byte[0], Body.Extent.NOT_SENT, Headers.empty());

    private final TouchedExchange exchange;
    private final Opening opening;
    private final WorkClock clock;
    private final Handler handler;
    private final Interest interest;

    HandlerRun(TouchedExchange exchange, Opening opening, WorkClock clock) {
        this.exchange = exchange;
        this.opening = opening;
        this.clock = clock;
        this.handler = opening.acceptance().handler();
        this.interest = opening.acceptance().interest();
    }

    @Override
    public void run() {
        opening.observation().inContext(this::handle);
    }

    private void handle() {
        try {
            judgeRequest();
            Optional<ResponseHead> head = exchange.awaitResponse();
            if (head.isPresent()) {
                judgeResponse(head.get());
            }
        } catch (Throwable failed) {
            clock.pause();
            exchange.threw(failed);
        }
        close(exchange.leave());
    }

    private void judgeRequest() throws Exception {
        clock.start();
        var verdict = handler.request(new JudgedRequest());
        clock.pause();
        exchange.decide(verdict);
    }

    private void judgeResponse(ResponseHead head) throws Exception {
        clock.start();
        ResponseVerdict verdict = handler.response(new JudgedResponse(head));
        clock.pause();
        exchange.decide(verdict);
        if (verdict instanceof Rewrite rewrite) {
            clock.start();
            var more = rewrite.rewriter().rewrite(new ResponseChunks(), bytes -> exchange.write(ByteString.copyFrom(bytes)));
            clock.pause();
            exchange.rewritten(more);
        }
    }

    private void close(Ending ending) {
        Thread.interrupted();
        long start = System.nanoTime();
        try {
            handler.close(ending);
        } catch (Throwable failed) {
            LOG.log(Level.WARNING, "{0}: closing an exchange failed: {1}", opening.feature(), failed.getClass().getName());
        }
        opening.observation().phase("close", Duration.ofNanos(System.nanoTime() - start), Optional.empty());
        opening.observation().end(ending);
    }

    /** The request; its body is waited for once and then remembered. */
    private final class JudgedRequest implements Request {
        private Body body;

        @Override
        public RequestHead head() {
            return opening.head();
        }

        @Override
        public Body body() throws InterruptedException {
            if (body == null) {
                body = interest.requestBody() ? exchange.awaitRequestBody() : NOT_SENT;
            }
            return body;
        }
    }

    /** The response, likewise. */
    private final class JudgedResponse implements Response {
        private final ResponseHead head;
        private Body body;

        private JudgedResponse(ResponseHead head) {
            this.head = head;
        }

        @Override
        public ResponseHead head() {
            return head;
        }

        @Override
        public Body body() throws InterruptedException {
            if (body == null) {
                body = interest.responseBody() ? exchange.awaitResponseBody() : NOT_SENT;
            }
            return body;
        }
    }

    private final class ResponseChunks implements BodyRewriter.Chunks {
        @Override
        public byte[] next() throws InterruptedException {
            return exchange.nextChunk();
        }

        @Override
        public Headers trailers() {
            return exchange.responseTrailers();
        }

        @Override
        public HandOver handOver() {
            return exchange.responseHandOver();
        }
    }
}
