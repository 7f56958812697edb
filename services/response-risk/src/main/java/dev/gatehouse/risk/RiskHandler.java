package dev.gatehouse.risk;

import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Body;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.policy.identity.Identities;
import dev.gatehouse.policy.identity.Identity;
import dev.gatehouse.policy.identity.Provenance;
import dev.gatehouse.policy.risk.Streaming;
import dev.gatehouse.policy.risk.UninspectableAnswers.Content;
import dev.gatehouse.risk.answer.AnswerFlow;
import dev.gatehouse.risk.answer.AnswerFlows;
import dev.gatehouse.risk.answer.AnswerHead;
import dev.gatehouse.risk.asked.Asked;
import dev.gatehouse.risk.asked.AskedReader;
import dev.gatehouse.risk.compile.CompiledRisk;
import dev.gatehouse.risk.judge.AnswerJudge;
import dev.gatehouse.risk.judge.JudgementInterrupted;
import dev.gatehouse.risk.judge.Verdict;
import dev.gatehouse.risk.reply.RiskReplies;
import dev.gatehouse.risk.telemetry.RiskTelemetry;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** One exchange under one policy: remember what the answer is judged by, then judge the answer while it passes. */
final class RiskHandler implements Handler {

    /** Header fields that describe bytes which are changed. */
    private static final String[] OF_THE_OLD_BODY = {"content-encoding", "etag", "content-md5", "content-digest", "repr-digest", "digest"};

    private final CompiledRisk risk;
    private final RequestHead head;
    private final Identity identity;
    private final Provenance provenance;
    private final RiskTelemetry telemetry;
    private final RiskReplies replies;
    private final boolean readsRequest;
    private Asked asked;
    private AnswerJudge judge;
    private AnswerFlow flow;
    private boolean cut;

    RiskHandler(CompiledRisk risk, RequestHead head, KeyedHash hash, RiskTelemetry telemetry, boolean readsRequest, Provenance whose) {
        this.risk = risk;
        this.head = head;
        this.identity = new Identities(hash).resolve(risk.policy().spec().identity(), head);
        this.provenance = whose.by(identity);
        this.telemetry = telemetry;
        this.replies = new RiskReplies(risk.name());
        this.readsRequest = readsRequest;
        this.asked = Asked.unread(AskedReader.format(head), head.path());
    }

    // --- the request

    @Override
    public RequestVerdict request(Request request) throws InterruptedException {
        if (!head.attachment().can(Capability.CHANGE_RESPONSE_BODY)) {
            return unseenAnswer();
        }
        if (readsRequest) {
            asked = new AskedReader(risk.maxBodyBytes()).read(request);
        }
        return new RequestVerdict.Forward(plainAnswers(), Optional.empty(), whose(), false);
    }

    private HandOver whose() {
        return identity.handOver(RiskFeature.NAME, head.handOver()).plus(provenance.handOver(RiskFeature.NAME, head.handOver()));
    }

    /** The attachment shows no answers: what nobody inspects may not pass under a policy that fails closed. */
    private RequestVerdict unseenAnswer() {
        boolean refused = risk.policy().spec().failureMode() == FailureMode.FailClosed && risk.strictest() == Verdict.Block;
        return refused ? RequestVerdict.reply(replies.unsupported(errors(), Capability.CHANGE_RESPONSE_BODY.name())) : RequestVerdict.forward();
    }

    /** Backends that compress hold text back until a block is full; where the head has not gone on yet, they are asked not to. */
    private HeaderChange plainAnswers() {
        boolean headIsHeld = !readsRequest || head.attachment().can(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        return headIsHeld && head.headers().first("accept-encoding").isPresent()
                ? HeaderChange.none().setting("accept-encoding", "identity") : HeaderChange.none();
    }

    // --- the answer

    @Override
    public ResponseVerdict response(Response response) throws InterruptedException {
        judge = new AnswerJudge(risk, asked);
        AnswerHead answer = AnswerHead.of(head.method(), head.path(), response.head(), asked.format());
        if (answer.hasNoBody()) {
            return pass();
        }
        Optional<Content> unreadable = unreadable(answer);
        if (unreadable.isPresent()) {
            return unread(unreadable.get());
        }
        flow = AnswerFlows.of(risk, answer, judge);
        return passesWhileItComes(answer) ? new ResponseVerdict.Rewrite(changedBody(), HandOver.none(), new Passing(answer)) : whole(response);
    }

    private Optional<Content> unreadable(AnswerHead answer) {
        boolean unknownFormat = !answer.speaksItsFormat() && (answer.isStream() || !risk.readsUnknownFormatsAsText());
        return answer.unreadable().or(() -> unknownFormat ? Optional.of(Content.unknownFormats) : Optional.empty());
    }

    /** Streams; and all answers where status and headers have to go on before the body is seen. */
    private boolean passesWhileItComes(AnswerHead answer) {
        boolean held = head.attachment().can(Capability.CHANGE_RESPONSE_HEADERS_FROM_BODY);
        boolean streams = answer.isStream() && risk.policy().spec().streaming().mode() != Streaming.Mode.Buffer
                && head.attachment().can(Capability.STREAM_RESPONSE_BODY);
        return streams || !held;
    }

    private ResponseVerdict whole(Response response) throws InterruptedException {
        Body body = response.body();
        if (!body.isWhole()) {
            return unread(Content.incompleteBodies);
        }
        byte[] goes = judged(body.bytes());
        if (isRefused()) {
            return new ResponseVerdict.Replace(refusal().with(handOver()));
        }
        return Arrays.equals(goes, body.bytes()) ? pass() : new ResponseVerdict.Rewrite(changedBody(), HandOver.none(), (in, out) -> {
            while (in.next() != null) {
                // what was judged goes in the place of what came
            }
            out.write(goes);
            return handOver();
        });
    }

    private byte[] judged(byte[] body) throws InterruptedException {
        try {
            ByteArrayOutputStream goes = new ByteArrayOutputStream(body.length);
            goes.writeBytes(flow.feed(body));
            goes.writeBytes(flow.end());
            return goes.toByteArray();
        } catch (JudgementInterrupted e) {
            throw new InterruptedException("the exchange is over");
        }
    }

    private ResponseVerdict unread(Content content) {
        judge.unreadable(content);
        return isRefused() ? new ResponseVerdict.Replace(refusal().with(handOver())) : pass();
    }

    private ResponseVerdict pass() {
        return new ResponseVerdict.Pass(HeaderChange.none(), handOver());
    }

    private boolean isRefused() {
        return judge.isBroken() || judge.judgement().verdict() == Verdict.Block;
    }

    private LocalReply refusal() {
        return judge.isBroken() ? replies.unjudged(errors()) : replies.blocked(errors(), judge.judgement());
    }

    private static HeaderChange changedBody() {
        HeaderChange change = HeaderChange.none();
        for (String name : OF_THE_OLD_BODY) {
            change = change.removing(name);
        }
        return change;
    }

    /** Lets an answer on while it comes, as far as the judge does. */
    private final class Passing implements BodyRewriter {

        private final AnswerHead answer;

        private Passing(AnswerHead answer) {
            this.answer = answer;
        }

        @Override
        public HandOver rewrite(Chunks in, Sink out) throws InterruptedException {
            try {
                for (byte[] chunk = in.next(); chunk != null && !flow.isStopped(); chunk = flow.isStopped() ? null : in.next()) {
                    write(flow.feed(chunk), out);
                }
                if (!flow.isStopped()) {
                    write(flow.end(), out);
                }
                cut = flow.isStopped();
                return handOver();
            } catch (JudgementInterrupted e) {
                throw new InterruptedException("the exchange is over");
            }
        }

        @Override
        public byte[] endingAfter(Failure failure) {
            return replies.unjudged(errors(), answer.isStream());
        }

        private static void write(byte[] bytes, Sink out) throws InterruptedException {
            if (bytes.length > 0) {
                out.write(bytes);
            }
        }
    }

    // --- the end

    @Override
    public LocalReply failed(Failure failure) {
        return replies.failed(asked.format().orElse(Format.OPENAI_CHAT), failure);
    }

    @Override
    public void close(Ending ending) {
        if (judge != null) {
            judge.close();
            Optional.ofNullable(flow).ifPresent(AnswerFlow::close);
            telemetry.record(risk.name(), judge.judgement(), judge.mostHeldBack(), cut, provenance);
        }
    }

    private HandOver handOver() {
        HandOver verdict = HandOver.none().with(RiskFeature.NAME, HandOver.RISK_VERDICT, judge.judgement().verdict().name());
        return judge.outputTokens() == 0 ? verdict : verdict.with(RiskFeature.NAME, HandOver.OUTPUT_TOKENS, (double) judge.outputTokens());
    }

    private ProviderErrors errors() {
        return ProviderErrors.of(asked.format().orElse(Format.OPENAI_CHAT));
    }
}
