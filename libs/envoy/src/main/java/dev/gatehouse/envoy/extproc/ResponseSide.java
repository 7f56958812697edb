package dev.gatehouse.envoy.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import dev.gatehouse.envoy.codec.HeaderCodec;
import dev.gatehouse.envoy.codec.Hops;
import dev.gatehouse.envoy.codec.MetadataCodec;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Attachment;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.BodyRewriter;
import dev.gatehouse.exchange.Failure;
import dev.gatehouse.exchange.HandOver;
import dev.gatehouse.exchange.HeaderChange;
import dev.gatehouse.exchange.LocalReply;
import dev.gatehouse.exchange.ResponseHead;
import dev.gatehouse.exchange.ResponseVerdict;
import dev.gatehouse.exchange.ResponseVerdict.Pass;
import dev.gatehouse.exchange.ResponseVerdict.Replace;
import dev.gatehouse.exchange.ResponseVerdict.Rewrite;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import java.util.Optional;

/** The response of a touched exchange, and what verdicts do to it. Guarded by the exchange's lock. */
final class ResponseSide {

    private final Attachment attachment;
    private final ResponseHead head;
    private final Hops hops;
    private final Intake intake;
    private final Leg leg;
    private HandOver rewriteHandOver = HandOver.none();
    /** As of the last message; decoded when it is asked for. */
    private Metadata latest;
    private BodyRewriter rewriter;

    ResponseSide(Opening opening, ProcessingRequest message, Replies replies) {
        Acceptance acceptance = opening.acceptance();
        this.attachment = opening.head().attachment();
        this.head = Heads.response(message);
        this.latest = message.getMetadataContext();
        this.hops = new Hops(opening.feature(), HandOver.read(head.metadata()));
        this.intake = new Intake(acceptance.maxBodyBytes());
        Wire wire = new Wire(Side.RESPONSE, replies, HeaderMutation.getDefaultInstance(), Optional.empty());
        this.leg = Leg.of(attachment.responseBody(), wire, intake, acceptance.interest().responseBody(),
                Heads.contentLength(head.headers()));
    }

    ResponseHead head() {
        return head;
    }

    Leg leg() {
        return leg;
    }

    Intake intake() {
        return intake;
    }

    /** A further message of the response has come. */
    void tells(ProcessingRequest message) {
        latest = message.hasMetadataContext() ? message.getMetadataContext() : latest;
    }

    /** What services behind have written into the metadata so far. */
    HandOver told() {
        return HandOver.read(MetadataCodec.decode(latest));
    }

    Optional<Capability> missing(ResponseVerdict verdict) {
        return switch (verdict) {
            case Pass pass -> Impossibilities.ofHead(pass.headers(), leg);
            case Rewrite rewrite -> Impossibilities.of(rewrite, attachment, leg);
            case Replace replace when leg.headIsHeld() -> Optional.empty();
            case Replace replace -> Optional.of(Capability.CHANGE_RESPONSE_HEADERS_FROM_BODY);
        };
    }

    void pass(Pass verdict) {
        leg.pass(outcome(verdict.headers(), verdict.handOver()));
    }

    void rewrite(Rewrite verdict) {
        rewriteHandOver = verdict.handOver();
        rewriter = verdict.rewriter();
        leg.rewrite(outcome(verdict.headers().removing("content-length"), verdict.handOver()));
    }

    void finish(HandOver more) {
        leg.finish(MetadataCodec.encode(rewriteHandOver.plus(more)));
    }

    void replace(LocalReply reply) {
        Struct metadata = MetadataCodec.encode(hops.replied(reply.handOver()));
        leg.replace(new Outcome(LocalReplies.mutation(reply), metadata, false), LocalReplies.body(reply));
    }

    /** The rewriting has failed: the client gets the rewriter's last words. */
    void breakOff(Failure failure) {
        byte[] ending = rewriter.endingAfter(failure);
        if (ending.length > 0) {
            leg.write(ByteString.copyFrom(ending));
        }
        leg.finish(MetadataCodec.encode(rewriteHandOver));
    }

    void failOpen() {
        leg.pass(new Outcome(HeaderMutation.getDefaultInstance(), MetadataCodec.encode(hops.failedOpen()), false));
    }

    void failOpenRewriting() {
        leg.passRest(MetadataCodec.encode(hops.failedOpen()));
    }

    /** The head has gone, the body has not: the reply's body takes its place, under the status that went. */
    void replaceBody(LocalReply reply) {
        Struct metadata = MetadataCodec.encode(hops.replied(reply.handOver()));
        leg.replace(new Outcome(HeaderMutation.getDefaultInstance(), metadata, false), LocalReplies.body(reply));
    }

    private static Outcome outcome(HeaderChange headers, HandOver handOver) {
        return new Outcome(HeaderCodec.mutation(headers).build(), MetadataCodec.encode(handOver), false);
    }
}
