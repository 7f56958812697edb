package dev.gatehouse.envoy;

import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A feature whose one handler is made of lambdas, and which remembers how its exchanges ended. */
public final class TestHandler implements Feature, Handler {

    /** Judges a request. */
    public interface OnRequest {
        RequestVerdict judge(Request request) throws Exception;
    }

    /** Judges a response. */
    public interface OnResponse {
        ResponseVerdict judge(Response response) throws Exception;
    }

    private final OnRequest onRequest;
    private final OnResponse onResponse;
    private final Interest interest;
    private Duration timeout = Duration.ofSeconds(10);
    private FailureMode failureMode = FailureMode.FailClosed;
    private HeaderChange failedOpen = HeaderChange.none();
    private int maxBodyBytes = 1 << 20;
    private boolean untouched;
    private Function<ResponseHead, Optional<ResponseVerdict.Pass>> atOnce = head -> Optional.empty();

    public final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    public final BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    public volatile RequestHead head;
    public volatile Thread acceptThread;

    private TestHandler(OnRequest onRequest, OnResponse onResponse, Interest interest) {
        this.onRequest = onRequest;
        this.onResponse = onResponse;
        this.interest = interest;
    }

    public static TestHandler ofRequest(OnRequest onRequest) {
        return new TestHandler(onRequest, response -> ResponseVerdict.pass(), Interest.REQUEST);
    }

    public static TestHandler ofHead(OnRequest onRequest) {
        return new TestHandler(onRequest, response -> ResponseVerdict.pass(), Interest.REQUEST_HEAD);
    }

    public static TestHandler ofResponse(OnResponse onResponse) {
        return new TestHandler(request -> RequestVerdict.forward(), onResponse, new Interest(false, true, true));
    }

    public static TestHandler ofBoth(OnRequest onRequest, OnResponse onResponse) {
        return new TestHandler(onRequest, onResponse, Interest.ALL);
    }

    public static TestHandler untouched() {
        TestHandler handler = ofRequest(request -> RequestVerdict.forward());
        handler.untouched = true;
        return handler;
    }

    /** Asked of a response's head before it is judged. */
    public TestHandler passingAtOnce(Function<ResponseHead, Optional<ResponseVerdict.Pass>> atOnce) {
        this.atOnce = atOnce;
        return this;
    }

    public TestHandler failing(FailureMode mode) {
        failureMode = mode;
        return this;
    }

    /** Fails open, and changes this of the request. */
    public TestHandler failingOpen(HeaderChange change) {
        failedOpen = change;
        return failing(FailureMode.FailOpen);
    }

    public TestHandler within(Duration timeout) {
        this.timeout = timeout;
        return this;
    }

    public TestHandler atMost(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
        return this;
    }

    @Override
    public String name() {
        return "guard";
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        this.head = head;
        this.acceptThread = Thread.currentThread();
        return untouched ? Optional.empty() : Optional.of(new Acceptance(this, interest, timeout, failureMode, maxBodyBytes));
    }

    @Override
    public RequestVerdict request(Request request) throws Exception {
        return onRequest.judge(request);
    }

    @Override
    public Optional<ResponseVerdict.Pass> passedAtOnce(ResponseHead head) {
        return atOnce.apply(head);
    }

    @Override
    public ResponseVerdict response(Response response) throws Exception {
        return onResponse.judge(response);
    }

    @Override
    public LocalReply failed(Failure failure) {
        failures.add(failure);
        return LocalReply.json(503, "{\"error\":\"" + failure.reason() + "\"}");
    }

    @Override
    public HeaderChange unjudged() {
        return failedOpen;
    }

    @Override
    public void close(Ending ending) {
        endings.add(ending);
    }

    /** How the next exchange to end has ended. */
    public Ending ending() throws InterruptedException {
        Ending ending = endings.poll(10, TimeUnit.SECONDS);
        if (ending == null) {
            throw new AssertionError("the exchange was not closed");
        }
        return ending;
    }
}
