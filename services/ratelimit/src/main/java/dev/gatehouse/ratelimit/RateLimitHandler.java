package dev.gatehouse.ratelimit;

import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.Capability;
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
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.llm.Format;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.identity.Identities;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.identity.Provenance;
import dev.gatehouse.policy.identity.WorkloadId;
import dev.gatehouse.policy.limit.HeaderOptions;
import dev.gatehouse.policy.limit.TokenRateLimitSpec;
import dev.gatehouse.policy.route.Attribution;
import dev.gatehouse.ratelimit.admit.Admission;
import dev.gatehouse.ratelimit.admit.Measure;
import dev.gatehouse.ratelimit.admit.Proposal;
import dev.gatehouse.ratelimit.admit.Standing;
import dev.gatehouse.ratelimit.admit.TokenUse;
import dev.gatehouse.ratelimit.ask.Asked;
import dev.gatehouse.ratelimit.ask.AskedReader;
import dev.gatehouse.ratelimit.ask.IncludeUsage;
import dev.gatehouse.ratelimit.ask.Question;
import dev.gatehouse.ratelimit.ask.Reading;
import dev.gatehouse.ratelimit.compile.CompiledLimits;
import dev.gatehouse.ratelimit.reply.LimitHeaders;
import dev.gatehouse.ratelimit.reply.RateLimitReplies;
import dev.gatehouse.ratelimit.settle.Answer;
import dev.gatehouse.ratelimit.settle.Outcome;
import dev.gatehouse.ratelimit.settle.Settler.Settled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One exchange under one policy: reserve what the request may take, let it go on or refuse it, and settle what it took at its end. */
final class RateLimitHandler implements Handler {

    private final Limiter limiter;
    private final CompiledLimits policy;
    private final RequestHead head;
    private final Attribution way;
    private final Identity identity;
    private final RateLimitReplies replies;

    /** What is reserved, or may be. */
    private Proposal proposal;
    private Admission.Admitted admitted;
    private boolean hidesUsage;
    private Answer answer;

    RateLimitHandler(Limiter limiter, CompiledLimits policy, RequestHead head, Attribution way) {
        this.limiter = limiter;
        this.policy = policy;
        this.head = head;
        this.way = way;
        this.identity = new Identities(limiter.hash()).resolve(policy.spec().identity(), head);
        this.replies = new RateLimitReplies(policy.name());
    }

    @Override
    public RequestVerdict request(Request request) throws InterruptedException {
        Optional<Capability> missing = policy.missing(head.attachment());
        if (missing.isPresent()) {
            return unsupported(missing.get());
        }
        Reading reading = new AskedReader(policy.spec(), limiter.counter(), identity, way).read(request);
        return switch (reading) {
            case Reading.Read read -> admit(new Question(read.asked(), limiter.hash()));
            case Reading.Unreadable unreadable -> unreadable(unreadable);
        };
    }

    @Override
    public ResponseVerdict response(Response response) {
        if (admitted == null) {
            return ResponseVerdict.pass();
        }
        answer = new Answer(proposal.asked(), response.head(), spec().cacheHits());
        boolean concerned = proposal.countsTokens() && !answer.isFailure() || proposal.lastsToTheEnd();
        return concerned && watchesAnswers()
                ? new ResponseVerdict.Rewrite(headers(), HandOver.none(), (in, out) -> {
                    answer.pass(in, out, hidesUsage, policy.maxBodyBytes());
                    return tokens(answer.outcome(limiter.counter()));
                })
                : new ResponseVerdict.Pass(headers(), HandOver.none());
    }

    @Override
    public LocalReply failed(Failure failure) {
        return replies.failed(head, failure);
    }

    @Override
    public void close(Ending ending) {
        if (proposal == null || proposal.isEmpty()) {
            return;
        }
        boolean neverForwarded = ending == Ending.REPLIED && answer == null;
        if (admitted != null && !neverForwarded) {
            try (Answer last = answer) {
                settle(last == null ? unanswered() : last.outcome(limiter.counter()));
            }
        } else {
            limiter.settler().release(proposal);
        }
    }

    private RequestVerdict admit(Question question) {
        if (limiter.proposer().lacksPrice(policy, question)) {
            limiter.telemetry().refusedUnasked(policy.name(), "unpriced");
            return reply(replies.unpriced(question.asked()));
        }
        Proposal wanted = limiter.proposer().propose(policy, question);
        proposal = wanted;
        Admission admission = limiter.admitter().admit(wanted);
        limiter.telemetry().decided(wanted, admission);
        return switch (admission) {
            case Admission.Admitted granted -> forward(granted);
            case Admission.Refused refused -> refuse(wanted, refused);
            case Admission.Unknown unknown -> reply(replies.storeLost(question.asked()));
        };
    }

    private RequestVerdict forward(Admission.Admitted granted) {
        see(granted.standings());
        admitted = granted;
        boolean asks = spec().usage().includeInStreams() && proposal.countsTokens() && watchesAnswers();
        Optional<IncludeUsage> asking = asks ? IncludeUsage.in(proposal.asked()) : Optional.empty();
        hidesUsage = asking.isPresent();
        HeaderChange change = asking.map(IncludeUsage::headers).orElse(HeaderChange.none());
        return new RequestVerdict.Forward(change, asking.map(IncludeUsage::body), identified(), false);
    }

    private RequestVerdict refuse(Proposal wanted, Admission.Refused refused) {
        see(refused.standings());
        proposal = null;
        return reply(replies.refused(wanted, refused, spec().headers(), Instant.now()));
    }

    private RequestVerdict unreadable(Reading.Unreadable unreadable) {
        limiter.telemetry().refusedUnasked(policy.name(), "unreadable");
        return spec().mode() == Mode.Shadow ? RequestVerdict.forward(identified()) : reply(replies.unreadable(head, unreadable));
    }

    private RequestVerdict unsupported(Capability missing) {
        Attachment attachment = head.attachment();
        limiter.telemetry().refusedUnasked(policy.name(), "unsupported");
        return spec().failureMode() == FailureMode.FailClosed && spec().mode() == Mode.Enforce
                ? reply(replies.failed(head, new Failure.Impossible(attachment, missing)))
                : RequestVerdict.forward(identified().with(RateLimitFeature.NAME, HandOver.FAIL_OPEN, failedOpen()));
    }

    private String failedOpen() {
        return head.handOver().get(HandOver.FAIL_OPEN).map(before -> before + "," + RateLimitFeature.NAME).orElse(RateLimitFeature.NAME);
    }

    private RequestVerdict reply(LocalReply reply) {
        return RequestVerdict.reply(reply.with(identified()));
    }

    private HandOver identified() {
        HandOver whose = new Provenance(way, WorkloadId.of(head)).by(identity).handOver(RateLimitFeature.NAME, head.handOver());
        return identity.handOver(RateLimitFeature.NAME, head.handOver()).plus(whose);
    }

    private HeaderChange headers() {
        if (spec().headers().when() == HeaderOptions.Moment.Refusals) {
            return HeaderChange.none();
        }
        Format format = proposal.asked().format().orElse(Format.OPENAI_CHAT);
        return new LimitHeaders(spec().headers().styles(), format, Instant.now()).of(admitted.standings());
    }

    /** No answer was seen: because none can be, or because the client did not wait for it. */
    private Outcome unanswered() {
        return watchesAnswers() ? new Outcome.NoAnswer() : new Outcome.Estimated();
    }

    private boolean watchesAnswers() {
        return spec().readsAnswers() && policy.canReadAnswers(head.attachment());
    }

    private void settle(Outcome outcome) {
        Measure measure = new Measure(proposal.question(), Optional.ofNullable(answer).flatMap(last -> last.price(spec().prices())).or(proposal::price));
        List<Settled> charges = limiter.settler().settle(proposal, admitted, outcome, measure);
        limiter.telemetry().settled(proposal, outcome, charges);
        see(charges.stream().map(Settled::standing).toList());
        if (outcome instanceof Outcome.Answered answered) {
            limiter.settler().learn(proposal, answered, answer.response());
        }
    }

    private void see(List<Standing> standings) {
        standings.forEach(standing -> limiter.keys().see(policy.name(), standing));
    }

    /** What was charged, for whoever counts behind us. */
    private static HandOver tokens(Outcome outcome) {
        if (!(outcome instanceof Outcome.Answered answered)) {
            return HandOver.none();
        }
        TokenUse use = answered.used().use();
        double input = Math.round(use.input() * answered.share());
        double output = Math.round(use.output() * answered.share());
        return HandOver.none()
                .with(RateLimitFeature.NAME, HandOver.INPUT_TOKENS, input)
                .with(RateLimitFeature.NAME, HandOver.OUTPUT_TOKENS, output)
                .with(RateLimitFeature.NAME, HandOver.TOTAL_TOKENS, input + output);
    }

    private TokenRateLimitSpec spec() {
        return policy.spec();
    }
}
