package dev.gatehouse.router.compile;

import dev.gatehouse.cel.Expression;
import dev.gatehouse.embedding.TextSelection;
import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Mode;
import dev.gatehouse.policy.routing.SemanticRoutingPolicy;
import dev.gatehouse.policy.routing.SemanticRoutingSpec;
import dev.gatehouse.policy.routing.Target;
import dev.gatehouse.policy.status.Remarked;
import dev.gatehouse.router.classify.Head;
import dev.gatehouse.router.classify.Report;
import dev.gatehouse.router.external.ExternalDecider;
import dev.gatehouse.router.external.Offer;
import dev.gatehouse.router.gain.StrongShare;
import dev.gatehouse.router.health.Availability;
import dev.gatehouse.router.signal.KeywordSets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A policy, ready to run. Immutable.
 *
 * @param when     requests that are routed; all when empty
 * @param routes   its routes
 * @param head     of the routes with examples; empty where none has any
 * @param decider  asked too; none when empty
 * @param strong   who keeps the share of each target's strong model
 * @param headers  the names of all headers that targets set
 * @param changesModels whether an attachment must be able to change bodies
 */
public record CompiledRouting(
        SemanticRoutingPolicy policy, Optional<Expression<Boolean>> when, Routes routes, KeywordSets keywords, Optional<Head> head,
        Optional<ExternalDecider> decider, Map<Target, StrongShare> strong, Set<String> headers, boolean changesModels,
        Availability availability) implements Remarked {

    private static final int REMARKED = 20;

    /** {@code namespace/name}. */
    public String name() {
        return policy.qualifiedName();
    }

    public SemanticRoutingSpec spec() {
        return policy.spec();
    }

    public boolean enforces() {
        return spec().mode() == Mode.Enforce;
    }

    /** What a fault of the service does; a policy that only watches stops nothing. */
    public FailureMode failureMode() {
        return enforces() ? spec().failureMode() : FailureMode.FailOpen;
    }

    /** What of a request is classified. */
    public TextSelection text() {
        return spec().text() == SemanticRoutingSpec.Text.LastTwo ? TextSelection.LAST_TWO : TextSelection.LAST_USER;
    }

    public Optional<CompiledRoute> route(String name) {
        return routes.named(name);
    }

    /** From which score on the classifier is sure of each route. */
    @Override
    public String remark() {
        List<Report.Quality> all = head.map(known -> known.report().routes()).orElse(List.of());
        String shown = all.stream().limit(REMARKED).map(route -> String.format(Locale.ROOT, "%s %.2f", route.route(), route.threshold()))
                .collect(Collectors.joining(", "));
        String more = all.size() > REMARKED ? " and " + (all.size() - REMARKED) + " more" : "";
        return all.isEmpty() ? "" : "thresholds, examples left out in turn: " + shown + more;
    }

    /** As a decider is offered it. */
    public Optional<Offer> offer(String name) {
        return route(name).map(route -> new Offer(name, route.route().description()));
    }
}
