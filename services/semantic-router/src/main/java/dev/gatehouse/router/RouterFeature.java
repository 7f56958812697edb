package dev.gatehouse.router;

import dev.gatehouse.embedding.ChainEmbedder;
import dev.gatehouse.exchange.Acceptance;
import dev.gatehouse.exchange.Acceptance.Interest;
import dev.gatehouse.exchange.Attachment.Capability;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.exchange.RequestHead;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.routing.SemanticRoutingSpec;
import dev.gatehouse.policy.source.PolicySource;
import dev.gatehouse.router.apply.Mark;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.decide.AskedRequests;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.telemetry.RouterTelemetry;
import java.util.Optional;

/**
 * Semantic routing as a feature: takes part in every exchange that a {@code SemanticRoutingPolicy} applies to.
 *
 * @param policies where policies come from
 * @param embedder makes a text's vector, or takes the one that was handed over
 * @param asked    makes of a request what is decided on
 */
public record RouterFeature(
        PolicySource<SemanticRoutingPolicy, CompiledRouting> policies, ChainEmbedder embedder, AskedRequests asked, StickyRoutes sticky, Mark mark,
        RouterTelemetry telemetry) implements Feature {

    public static final String NAME = "semantic-router";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Acceptance> accept(RequestHead head) {
        return policies.current().resolver().resolve(head).map(resolution -> acceptance(resolution.policy().compiled(), head));
    }

    private Acceptance acceptance(CompiledRouting routing, RequestHead head) {
        SemanticRoutingSpec spec = routing.spec();
        Optional<Capability> missing = missing(routing, head);
        boolean watches = spec.health().isPresent() && routing.enforces();
        Interest interest = missing.isPresent() ? Interest.REQUEST_HEAD : new Interest(true, watches, watches);
        RouterHandler handler = new RouterHandler(this, routing, head, missing);
        return new Acceptance(handler, interest, spec.timeout(), routing.failureMode(), spec.maxBodyBytes().bytes());
    }

    /** What the policy needs and the attachment cannot do. */
    private static Optional<Capability> missing(CompiledRouting routing, RequestHead head) {
        if (!head.attachment().can(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY)) {
            return Optional.of(Capability.CHANGE_REQUEST_HEADERS_FROM_BODY);
        }
        boolean body = !routing.changesModels() || head.attachment().can(Capability.CHANGE_REQUEST_BODY);
        return body ? Optional.empty() : Optional.of(Capability.CHANGE_REQUEST_BODY);
    }
}
