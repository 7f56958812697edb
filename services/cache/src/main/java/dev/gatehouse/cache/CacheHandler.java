package dev.gatehouse.cache;

import dev.gatehouse.cache.answer.AnswerRecorder;
import dev.gatehouse.cache.answer.Recorded;
import dev.gatehouse.cache.answer.StoredAnswer;
import dev.gatehouse.cache.ask.Ask;
import dev.gatehouse.cache.ask.CacheControl;
import dev.gatehouse.cache.ask.Circumstances;
import dev.gatehouse.cache.ask.PlaceholderNames;
import dev.gatehouse.cache.ask.Reading;
import dev.gatehouse.cache.ask.Reason;
import dev.gatehouse.cache.ask.RequestReader;
import dev.gatehouse.cache.compile.CompiledCache;
import dev.gatehouse.cache.flight.Seat;
import dev.gatehouse.cache.look.Desk;
import dev.gatehouse.cache.refresh.Stale;
import dev.gatehouse.cache.reply.CacheReplies;
import dev.gatehouse.cache.telemetry.CacheTelemetry;
import dev.gatehouse.cache.telemetry.CacheTelemetry.Lesson;
import dev.gatehouse.cache.tier.Kept;
import dev.gatehouse.cache.tier.Near;
import dev.gatehouse.cache.tier.Outcome.Hit;
import dev.gatehouse.cache.tier.Outcome.Miss;
import dev.gatehouse.cache.tier.Outcome;
import dev.gatehouse.cache.tier.Question;
import dev.gatehouse.cache.tier.Tier;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.cache.ClientControl;
import dev.gatehouse.policy.cache.StaleWhileRevalidate;
import dev.gatehouse.policy.limit.Price;
import dev.gatehouse.policy.limit.Prices;
import dev.gatehouse.state.StateUnavailable;
import java.time.Duration;
import java.util.Optional;

/** One exchange under one policy: read the prompt, look its question up, reply from the cache, or let it go on and keep the answer. */
final class CacheHandler implements Handler {

    private static final String BYPASS = "bypass";
    private static final String MISS = "miss";

    private final CacheFeature service;
    private final CompiledCache cache;
    private final RequestHead head;
    private final CacheReplies replies;
    private final CacheControl control;
    private Format format;
    private Optional<String> requested = Optional.empty();
    private Optional<Question> question = Optional.empty();
    private Optional<Outcome> found = Optional.empty();
    private Optional<AnswerRecorder> recorder = Optional.empty();
    private Optional<Recorded> recorded = Optional.empty();
    private Optional<Seat> seat = Optional.empty();
    private HandOver fromBehind = HandOver.none();
    private String word = BYPASS;
    private boolean replied;

    CacheHandler(CacheFeature service, CompiledCache cache, RequestHead head) {
        this.service = service;
        this.cache = cache;
        this.head = head;
        this.replies = new CacheReplies(cache.name());
        this.control = cache.spec().clientControl() == ClientControl.Honour ? CacheControl.of(head.headers()) : CacheControl.NONE;
        this.format = RequestReader.format(head).orElse(Format.OPENAI_CHAT);
    }

    // --- the request

    @Override
    public RequestVerdict request(Request request) throws InterruptedException {
        if (!head.attachment().can(Capability.CHANGE_RESPONSE_BODY)) {
            return unseenAnswers();
        }
        return switch (new RequestReader(cache.spec().maxBodyBytes().bytes()).read(request)) {
            case Reading.Unread unread -> bypassed(unread.reason());
            case Reading.Prompt prompt -> asked(prompt.request());
        };
    }

    /** The attachment shows no answers: a cache that can keep none is none. */
    private RequestVerdict unseenAnswers() {
        service.telemetry().unattached().met(cache.name(), head.attachment());
        boolean refused = cache.spec().failureMode() == FailureMode.FailClosed && cache.spec().mode() == Mode.Enforce;
        return refused ? RequestVerdict.reply(replies.unsupported(errors(), Capability.CHANGE_RESPONSE_BODY.name()))
                : bypassed(Reason.unsupported_by_attachment);
    }

    private RequestVerdict asked(LlmRequest prompt) throws InterruptedException {
        format = prompt.format();
        requested = prompt.model();
        CacheTelemetry.asked(requested);
        if (control.noStore()) {
            return bypassed(Reason.no_store);
        }
        return switch (service.desk().ask(cache, head, prompt)) {
            case Ask.Not not -> bypassed(not.reason());
            case Ask.Cacheable cacheable -> lookedUp(prompt, cacheable.question().notOlderThan(control.maxAge()));
        };
    }

    private RequestVerdict bypassed(Reason reason) {
        service.telemetry().bypassed(cache.name(), reason);
        return wentOn();
    }

    private RequestVerdict lookedUp(LlmRequest prompt, Question asked) throws InterruptedException {
        question = Optional.of(asked);
        long began = System.nanoTime();
        Outcome first = control.noCache() ? Miss.of(Outcome.Why.not_looked_up) : lookup(asked);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Outcome outcome = first instanceof Miss miss && mayShareACall(miss) ? afterOthers(asked, first) : first;
        service.telemetry().lookedUp(cache, outcome, took);
        service.desk().tiers().asked(asked, outcome);
        found = Optional.of(outcome);
        Optional<RequestVerdict> reply = outcome instanceof Hit hit ? served(prompt, hit) : Optional.empty();
        if (reply.isPresent()) {
            return reply.get();
        }
        word = MISS;
        return wentOn();
    }

    private Outcome lookup(Question asked) throws InterruptedException {
        return service.desk().lookup(asked, cache.spec().timeout());
    }

    /** A store that does not answer keeps no answer that one could wait for. */
    private boolean mayShareACall(Miss miss) {
        boolean storeAnswers = miss.why() != Outcome.Why.store_unavailable && miss.why() != Outcome.Why.too_late;
        return storeAnswers && cache.spec().singleFlight().isPresent() && cache.spec().mode() == Mode.Enforce && !control.noCache() && !control.onlyIfCached();
    }

    /** Where an equal question is with the model already, its answer is waited for; the pilot looks again, since a flight may just have landed. */
    private Outcome afterOthers(Question asked, Outcome first) throws InterruptedException {
        seat = Optional.of(service.flights().join(asked.entry(), cache.spec().singleFlight().orElseThrow().maxWait()));
        Outcome later = lookup(asked);
        boolean shared = later instanceof Hit hit && hit.tier() == Tier.exact;
        service.telemetry().joined(cache.name(), seat.get(), shared);
        return shared ? later : first;
    }

    /** Empty in shadow mode, and for what cannot be read any more. */
    private Optional<RequestVerdict> served(LlmRequest prompt, Hit hit) {
        Optional<StoredAnswer> answer = StoredAnswer.decoded(hit.kept().answer());
        if (cache.spec().mode() == Mode.Shadow) {
            service.telemetry().shadowed(cache.name(), hit);
            return Optional.empty();
        }
        Optional<RequestVerdict> reply = answer.flatMap(stored -> reply(prompt, hit, stored));
        if (reply.isPresent() && hit.stale()) {
            cache.spec().staleWhileRevalidate().ifPresent(terms -> revalidate(prompt, terms));
        }
        return reply;
    }

    private void revalidate(LlmRequest prompt, StaleWhileRevalidate terms) {
        Stale stale = new Stale(question.orElseThrow(), prompt, Circumstances.protocol(head), terms, cache.spec().maxBodyBytes().bytes());
        service.revalidation().start(stale, result -> service.telemetry().revalidated(cache.name(), result));
    }

    private Optional<RequestVerdict> reply(LlmRequest prompt, Hit hit, StoredAnswer stored) {
        return service.replay().of(stored, prompt).map(reply -> reply(hit, stored, reply));
    }

    private RequestVerdict reply(Hit hit, StoredAnswer stored, LocalReply replayed) {
        word = CacheTelemetry.word(hit);
        replied = true;
        service.telemetry().saved(cache.name(), stored.usage(), price(stored));
        LocalReply reply = replayed.with(handOver());
        return RequestVerdict.reply(!cache.spec().expose() ? reply
                : reply.withHeader("x-gatehouse-cache", word).withHeader("age", Long.toString(hit.age().toSeconds())));
    }

    /** What the answering model costs; under the name that the provider gives it, else under that which the client asked for. */
    private Optional<Price> price(StoredAnswer stored) {
        Prices prices = cache.spec().prices();
        return prices.named(stored.model()).or(() -> requested.flatMap(prices::of));
    }

    /** On to the model, unless the client wants none of its answers. */
    private RequestVerdict wentOn() {
        if (control.onlyIfCached()) {
            return RequestVerdict.reply(exposed(replies.notCached(errors())).with(handOver()));
        }
        return new RequestVerdict.Forward(plainAnswers(), Optional.empty(), handOver(), false);
    }

    private LocalReply exposed(LocalReply reply) {
        return cache.spec().expose() ? reply.withHeader("x-gatehouse-cache", word) : reply;
    }

    /** An answer that is to be kept should come without content coding; where the head has gone on already it is decoded. */
    private HeaderChange plainAnswers() {
        boolean asksForPlain = question.isPresent() && head.headers().first("accept-encoding").isPresent()
                && head.attachment().can(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        return asksForPlain ? HeaderChange.none().setting("accept-encoding", "identity") : HeaderChange.none();
    }

    private HandOver handOver() {
        HandOver identity = service.desk().identity(cache, head).handOver(CacheFeature.NAME, head.handOver());
        return identity.plus(question.map(Desk::vector).orElse(HandOver.none())).with(CacheFeature.NAME, HandOver.CACHE, word);
    }

    // --- the answer

    @Override
    public boolean wantsResponse() {
        return question.isPresent() || cache.spec().expose();
    }

    @Override
    public ResponseVerdict response(Response response) {
        HeaderChange headers = cache.spec().expose() ? HeaderChange.none().setting("x-gatehouse-cache", word) : HeaderChange.none();
        if (question.isEmpty() || !isModels(response.head())) {
            return new ResponseVerdict.Pass(headers, HandOver.none());
        }
        fromBehind = HandOver.read(response.head().metadata());
        recorder = Optional.of(new AnswerRecorder(format, response.head(), cache.spec().maxBodyBytes().bytes()));
        return new ResponseVerdict.Rewrite(headers, HandOver.none(), this::record);
    }

    /** Whether the answer is the model's own: not a reply of a service behind us, not an error. */
    private static boolean isModels(ResponseHead response) {
        return response.status() == 200 && HandOver.read(response.metadata()).get(HandOver.REPLIED_BY).isEmpty();
    }

    /** Every piece goes on at once, and then into the record. */
    private HandOver record(BodyRewriter.Chunks in, BodyRewriter.Sink out) throws InterruptedException {
        AnswerRecorder record = recorder.orElseThrow();
        for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
            out.write(chunk);
            record.feed(chunk);
        }
        fromBehind = fromBehind.plus(in.handOver());
        recorded = Optional.of(record.end(fromBehind.get(HandOver.RISK_VERDICT)));
        return HandOver.none();
    }

    // --- the end, off the client's way

    @Override
    public void close(Ending ending) {
        try {
            if (replied && found.orElseThrow() instanceof Hit hit) {
                service.desk().tiers().served(question.orElseThrow(), hit);
            }
            if (ending == Ending.COMPLETED) {
                recorded.ifPresent(this::keep);
            }
        } catch (StateUnavailable e) {
            service.telemetry().answered(cache.name(), "store_unavailable");
        } finally {
            recorder.ifPresent(AnswerRecorder::abandon);
            land();
        }
    }

    private void land() {
        if (seat.isPresent() && seat.get() instanceof Seat.Pilot pilot) {
            pilot.land();
        }
    }

    private void keep(Recorded recorded) {
        switch (recorded) {
            case Recorded.NotStorable not -> service.telemetry().answered(cache.name(), not.why().name());
            case Recorded.Complete complete when !isInspected() -> service.telemetry().answered(cache.name(), "not_inspected");
            case Recorded.Complete complete -> keep(question.orElseThrow(), complete.answer());
        }
    }

    private void keep(Question asked, StoredAnswer fresh) {
        boolean kept = service.desk().tiers().store(asked, fresh.encoded(), PlaceholderNames.in(fresh.text(), asked.placeholders()));
        service.telemetry().answered(cache.name(), kept ? "stored" : "too_large");
        learn(asked, fresh);
    }

    /** Whether response-risk has let the answer pass, where that is asked for; what it blocks is never kept. */
    private boolean isInspected() {
        Optional<String> verdict = fromBehind.get(HandOver.RISK_VERDICT);
        return verdict.map(word -> !word.equals("Block")).orElse(!cache.spec().requireInspection());
    }

    /** The fresh answer tells which of the kept ones would have been right. */
    private void learn(Question asked, StoredAnswer fresh) {
        switch (found.orElseThrow()) {
            case Miss miss -> {
                miss.near().ifPresent(near -> learn(asked, near, fresh, miss.why() == Outcome.Why.explored ? Lesson.explored : Lesson.miss));
                miss.judged().stream().skip(1).forEach(other -> same(asked, other.kept(), fresh)
                        .ifPresent(right -> service.desk().tiers().compared(asked, other, right)));
            }
            case Hit hit -> hit.near().ifPresent(near -> learn(asked, near, fresh, Lesson.shadow));
        }
    }

    private void learn(Question asked, Near near, StoredAnswer fresh, Lesson source) {
        same(asked, near.kept(), fresh).ifPresent(right -> {
            service.desk().tiers().learn(asked, near, right);
            service.telemetry().learnt(cache.name(), source, right);
        });
    }

    private Optional<Boolean> same(Question asked, Kept kept, StoredAnswer fresh) {
        return StoredAnswer.decoded(kept.answer()).flatMap(stored -> service.sameness().same(asked.text(), stored.text(), fresh.text()));
    }

    @Override
    public LocalReply failed(Failure failure) {
        return replies.failed(errors(), failure);
    }

    private ProviderErrors errors() {
        return ProviderErrors.of(format);
    }
}
