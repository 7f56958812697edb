package dev.gatehouse.router;

import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Ending;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.Handler;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.Int8Vector;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.Request;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.exchange.RequestVerdict;
import dev.gatehouse.exchange.Response;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.router.apply.Changes;
import dev.gatehouse.router.apply.Mark;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.decide.Asked;
import dev.gatehouse.router.decide.Decider;
import dev.gatehouse.router.decide.Decision;
import dev.gatehouse.router.decide.Due;
import dev.gatehouse.router.decide.RequestReader;
import dev.gatehouse.router.decide.RequestReader.Read;
import dev.gatehouse.router.decide.Why;
import dev.gatehouse.router.health.Watch;
import dev.gatehouse.router.reply.RouterReplies;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One exchange under one policy: read the request, decide, change it; then see how the model does. */
final class RouterHandler implements Handler {

    private final RouterFeature feature;
    private final CompiledRouting routing;
    private final RequestHead head;
    private final Optional<Capability> missing;
    private final Changes changes;
    private final RouterReplies replies;
    private final boolean passedBefore;
    private HandOver embedding = HandOver.none();
    private Watch watch = Watch.NONE;
    /** Whether the chunks of the answer are looked at. */
    private boolean walks;

    /** @param missing what the attachment cannot do that the policy needs */
    RouterHandler(RouterFeature feature, CompiledRouting routing, RequestHead head, Optional<Capability> missing) {
        this.feature = feature;
        this.routing = routing;
        this.head = head;
        this.missing = missing;
        this.changes = new Changes(routing.spec().header(), routing.headers(), feature.mark());
        this.replies = new RouterReplies(routing.name());
        this.passedBefore = passedBefore(head);
    }

    @Override
    public RequestVerdict request(Request request) throws InterruptedException {
        if (passedBefore) {
            return left(RequestVerdict.forward());
        }
        if (missing.isPresent()) {
            return unsupported();
        }
        RequestReader reader = new RequestReader(routing.spec().maxBodyBytes().bytes());
        Optional<byte[]> bytes = reader.bytes(request);
        Due due = Due.within(routing.spec().timeout());
        Optional<Read> read = bytes.flatMap(body -> reader.read(head, body));
        Optional<Set<String>> vouched = vouched(read);
        if (vouched.isPresent()) {
            return left(routing.enforces() ? changes.routed(vouched.get()) : RequestVerdict.forward());
        }
        Asked asked = feature.asked().of(routing, head, read.map(Read::request), text -> vector(text, due), due);
        Decision decision = new Decider(routing, feature.sticky(), routing.enforces()).decide(asked);
        feature.telemetry().record(routing, decision);
        watch = decision.watch();
        return verdict(asked, read, decision);
    }

    /** Within a gateway: the route was matched anew, and the filters ran again. */
    private static boolean passedBefore(RequestHead head) {
        return head.handOver().get(HandOver.PATH).filter(path -> List.of(path.split(",")).contains(RouterFeature.NAME)).isPresent();
    }

    /** Between gateways: the headers that the one before vouches for; empty where none has routed it. */
    private Optional<Set<String>> vouched(Optional<Read> read) {
        String model = read.flatMap(found -> found.request().model()).orElse("");
        return head.headers().first(Mark.HEADER).flatMap(mark -> feature.mark().vouched(mark, model, head.headers()));
    }

    private RequestVerdict left(RequestVerdict verdict) {
        feature.telemetry().record(routing, Decision.keep(Why.ROUTED_BEFORE));
        return verdict;
    }

    private RequestVerdict unsupported() {
        feature.telemetry().record(routing, Decision.keep(Why.UNSUPPORTED));
        return routing.failureMode() == FailureMode.FailClosed ? RequestVerdict.reply(replies.unsupported(head, missing.orElseThrow().name()))
                : kept(HandOver.none());
    }

    private Int8Vector vector(String text, Due due) {
        ChainEmbedder.Answer answer = feature.embedder().vector(head.handOver(), routing.text(), text, due.left());
        embedding = answer.handOver();
        feature.telemetry().embedded(answer.wasHandedOver());
        return answer.vector();
    }

    /** A policy that only watches changes nothing, not even what clients must not send. */
    private RequestVerdict kept(HandOver handOver) {
        return routing.enforces() ? changes.kept(handOver) : RequestVerdict.forward(handOver);
    }

    private RequestVerdict verdict(Asked asked, Optional<Read> read, Decision decision) {
        HandOver handOver = handOver(asked, decision);
        return routing.enforces() && decision.changes() ? changes.changed(decision, read, handOver) : kept(handOver);
    }

    private HandOver handOver(Asked asked, Decision decision) {
        HandOver known = asked.identity().handOver(RouterFeature.NAME, head.handOver()).plus(embedding)
                .with(RouterFeature.NAME, HandOver.ROUTE_REASON, decision.why().word());
        HandOver routed = decision.route().map(route -> known.with(RouterFeature.NAME, HandOver.ROUTE, route)).orElse(known);
        HandOver scored = decision.classification().map(found -> routed.with(RouterFeature.NAME, HandOver.ROUTE_SCORE, found.score())).orElse(routed);
        Optional<String> model = decision.model().filter(chosen -> routing.enforces()).or(() -> asked.request().flatMap(LlmRequest::model));
        return model.map(chosen -> scored.with(RouterFeature.NAME, HandOver.ROUTE_MODEL, chosen)).orElse(scored);
    }

    // --- the answer

    @Override
    public boolean wantsResponse() {
        return watch.wantsResponse();
    }

    @Override
    public Optional<ResponseVerdict.Pass> passedAtOnce(ResponseHead head) {
        walks = watch.head(head);
        return walks ? Optional.empty() : Optional.of(ResponseVerdict.pass());
    }

    @Override
    public ResponseVerdict response(Response response) {
        return walks ? new ResponseVerdict.Rewrite(HeaderChange.none(), HandOver.none(), this::walk) : ResponseVerdict.pass();
    }

    private HandOver walk(BodyRewriter.Chunks in, BodyRewriter.Sink out) throws InterruptedException {
        for (byte[] chunk = in.next(); chunk != null; chunk = in.next()) {
            out.write(chunk);
            watch.chunk(chunk);
        }
        return HandOver.none();
    }

    @Override
    public void close(Ending ending) {
        watch.close(ending);
    }

    /** What clients must not send is taken away also where nobody has decided. */
    @Override
    public HeaderChange unjudged() {
        return routing.enforces() && !passedBefore ? changes.cleaned(Set.of()) : HeaderChange.none();
    }

    @Override
    public LocalReply failed(Failure failure) {
        return replies.failed(head, failure);
    }
}
