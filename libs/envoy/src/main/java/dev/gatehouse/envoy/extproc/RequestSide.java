package dev.gatehouse.envoy.extproc;

import com.google.protobuf.Struct;
import com.google.protobuf.UnsafeByteOperations;
import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.envoy.codec.Hops;
import dev.gatehouse.envoy.codec.MetadataCodec;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.BodyMode;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.RequestVerdict.Forward;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import java.util.Optional;

/** The request of a touched exchange, and what verdicts do to it. Guarded by the exchange's lock. */
final class RequestSide {

    private final Opening opening;
    private final Attachment attachment;
    private final Replies replies;
    private final Hops hops;
    private final Intake intake;
    private final Leg leg;

    RequestSide(Opening opening, Replies replies) {
        this.opening = opening;
        this.replies = replies;
        this.attachment = opening.head().attachment();
        this.hops = new Hops(opening.feature(), opening.head().handOver());
        this.intake = new Intake(opening.acceptance().maxBodyBytes());
        Wire wire = new Wire(Side.REQUEST, replies, opening.strip(), Modes.override(attachment, opening.acceptance().interest()));
        this.leg = Leg.of(attachment.requestBody(), wire, intake, opening.acceptance().interest().requestBody(),
                Heads.contentLength(opening.head().headers()));
    }

    Leg leg() {
        return leg;
    }

    Intake intake() {
        return intake;
    }

    Optional<Capability> missing(Forward verdict) {
        return Impossibilities.of(verdict, attachment, leg, intake.extent());
    }

    void forward(Forward verdict) {
        Struct metadata = MetadataCodec.encode(hops.passed(verdict.handOver()));
        Outcome outcome = new Outcome(mutation(length(verdict)), metadata, verdict.clearRouteCache());
        verdict.body().map(UnsafeByteOperations::unsafeWrap)
                .ifPresentOrElse(body -> leg.replace(outcome, body), () -> leg.pass(outcome));
    }

    void reply(LocalReply reply) {
        Struct metadata = MetadataCodec.encode(hops.passed(hops.replied(reply.handOver())));
        replies.immediate(
                ProcessingResponse.newBuilder().setDynamicMetadata(metadata),
                LocalReplies.immediate(reply, "gatehouse_" + opening.feature()));
    }

    /** Goes on without a verdict, unless bytes are lost that cannot go on. */
    boolean failOpen() {
        if (leg.hasLostBytes()) {
            return false;
        }
        HeaderChange change = leg.headIsHeld() ? opening.acceptance().handler().unjudged() : HeaderChange.none();
        leg.pass(new Outcome(mutation(change), MetadataCodec.encode(hops.passed(hops.failedOpen())), !change.isEmpty()));
        return true;
    }

    private HeaderMutation mutation(HeaderChange change) {
        HeaderMutation.Builder mutation = HeaderCodec.mutation(change);
        return mutation.addAllRemoveHeaders(opening.strip().getRemoveHeadersList()).build();
    }

    /** BUFFERED keeps an announced length, which must be the new one; the other modes' bodies go on without. */
    private HeaderChange length(Forward verdict) {
        boolean announced = opening.head().headers().first("content-length").isPresent();
        if (verdict.body().isEmpty() || !announced) {
            return verdict.headers();
        }
        return attachment.requestBody() == BodyMode.BUFFERED
                ? verdict.headers().setting("content-length", Integer.toString(verdict.body().get().length))
                : verdict.headers().removing("content-length");
    }
}
