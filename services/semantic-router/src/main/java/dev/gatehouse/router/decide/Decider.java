package dev.gatehouse.router.decide;

import dev.gatehouse.cel.EvaluationFailed;
import dev.gatehouse.cel.Expression;
import dev.gatehouse.embedding.EmbeddingFailed;
import dev.gatehouse.policy.routing.SemanticRoutingSpec.OnLowConfidence;
import dev.gatehouse.policy.routing.Target;
import dev.gatehouse.router.classify.Classification;
import dev.gatehouse.router.classify.Classification.Scored;
import dev.gatehouse.router.classify.Head;
import dev.gatehouse.router.compile.CompiledRoute;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.external.ExternalDecider;
import dev.gatehouse.router.external.Offer;
import dev.gatehouse.router.external.Opinion;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.sticky.StickyRoutes.Seat;
import java.util.List;
import java.util.Optional;

/**
 * Decides under one policy. A condition that cannot be evaluated is not true. Thread-safe.
 *
 * @param binding whether a decision takes its place: keeps the conversation on it, and is the trial of a model after an outage. Not in
 *                shadow mode, and not in a dry run
 */
public record Decider(CompiledRouting routing, StickyRoutes sticky, boolean binding) {

    /** How many of the classifier's best a decider outside may choose from: it cannot be talked into a route that nothing speaks for. */
    private static final int OFFERED = 5;

    /** @throws InterruptedException when the exchange ended meanwhile */
    public Decision decide(Asked asked) throws InterruptedException {
        if (routing.when().isPresent() && !holds(routing.when().get(), asked)) {
            return Decision.keep(Why.NOT_ASKED);
        }
        Choice choice = choice(asked);
        return new Placement(routing, sticky, asked, binding).place(choice);
    }

    /** A route or the default target, before it is known whether its models are there. */
    record Choice(Why why, Optional<CompiledRoute> route, Optional<Target> target, Optional<Seat> seat, Optional<Classification> classification,
            Optional<Opinion> opinion) {

        static Choice of(Why why, CompiledRoute route, Optional<Classification> classification) {
            return new Choice(why, Optional.of(route), Optional.of(route.route().target()), Optional.empty(), classification, Optional.empty());
        }

        Choice with(Opinion said) {
            return new Choice(why, route, target, seat, classification, Optional.of(said));
        }
    }

    private Choice choice(Asked asked) throws InterruptedException {
        Optional<Choice> before = seated(asked);
        if (before.isPresent()) {
            return before.get();
        }
        if (asked.request().isEmpty()) {
            return otherwise(Why.UNREADABLE, Optional.empty());
        }
        try {
            return classified(asked);
        } catch (EmbeddingFailed e) {
            return ruled(asked, Integer.MIN_VALUE).orElseGet(() -> otherwise(Why.NOT_EMBEDDED, Optional.empty()));
        }
    }

    private Optional<Choice> seated(Asked asked) {
        return sticky.seat(routing, asked.identity()).flatMap(seat -> routing.route(seat.route())
                .filter(route -> route.route().target().candidates().contains(seat.model()))
                .map(route -> new Choice(Why.STICKY, Optional.of(route), Optional.of(route.route().target()), Optional.of(seat), Optional.empty(),
                        Optional.empty())));
    }

    private Choice classified(Asked asked) throws InterruptedException {
        if (asked.text().isBlank()) {
            return ruled(asked, Integer.MIN_VALUE).orElseGet(() -> otherwise(Why.NO_TEXT, Optional.empty()));
        }
        Optional<Classification> classification = routing.head().map(head -> classify(head, asked));
        Optional<CompiledRoute> best = classification.filter(found -> !found.outOfScope()).flatMap(found -> allowed(found, asked));
        Optional<Choice> ruled = ruled(asked, best.map(route -> route.route().priority()).orElse(Integer.MIN_VALUE));
        if (ruled.isPresent()) {
            return ruled.get();
        }
        Optional<Choice> sure = best.map(route -> Choice.of(Why.CLASSIFIED, route, classification));
        return outside(asked, classification, sure);
    }

    private static Classification classify(Head head, Asked asked) {
        Classification found = head.classify(asked.vector().get(), asked.text());
        asked.signals().classified(found.candidates().isEmpty() ? "" : found.candidates().getFirst().route(), found.score());
        return found;
    }

    /** The best route, if its own condition is true; the next best only where that was the condition of the best. */
    private Optional<CompiledRoute> allowed(Classification found, Asked asked) {
        return found.candidates().stream().filter(scored -> scored.score() >= found.threshold()).map(scored -> routing.route(scored.route()))
                .flatMap(Optional::stream).filter(route -> route.when().isEmpty() || holds(route.when().get(), asked)).findFirst();
    }

    /** The first route without examples whose condition is true, of at least this priority. */
    private Optional<Choice> ruled(Asked asked, int least) {
        return routing.routes().stream().filter(route -> !route.route().isClassified() && route.route().priority() >= least)
                .filter(route -> holds(route.when().orElseThrow(), asked)).findFirst().map(route -> Choice.of(Why.RULE, route, Optional.empty()));
    }

    private Choice outside(Asked asked, Optional<Classification> classification, Optional<Choice> sure) throws InterruptedException {
        Choice own = sure.orElseGet(() -> otherwise(Why.LOW_CONFIDENCE, classification));
        Optional<ExternalDecider> decider = routing.decider().filter(one -> sure.isEmpty() || !one.isOnlyForUnsure());
        List<Offer> offers = classification.map(this::offers).orElse(List.of());
        if (decider.isEmpty() || offers.isEmpty()) {
            return own;
        }
        Opinion said = decider.get().ask(asked.text(), offers);
        return switch (said) {
            case Opinion.Chosen chosen -> routing.route(chosen.route()).filter(route -> route.when().isEmpty() || holds(route.when().get(), asked))
                    .map(route -> Choice.of(Why.DECIDER, route, classification)).orElse(own).with(said);
            case Opinion.None none -> otherwise(Why.LOW_CONFIDENCE, classification).with(none);
            case Opinion.Missing missing -> own.with(missing);
        };
    }

    private List<Offer> offers(Classification classification) {
        return classification.candidates().stream().limit(OFFERED).map(Scored::route).map(routing::offer).flatMap(Optional::stream).toList();
    }

    private Choice otherwise(Why why, Optional<Classification> classification) {
        boolean kept = routing.spec().onLowConfidence() == OnLowConfidence.Keep;
        return new Choice(why, Optional.empty(), routing.spec().defaultTarget().filter(target -> !kept), Optional.empty(), classification, Optional.empty());
    }

    private static boolean holds(Expression<Boolean> condition, Asked asked) {
        try {
            return condition.evaluate(asked.signals().values(condition.reads()));
        } catch (EvaluationFailed e) {
            return false;
        }
    }
}
