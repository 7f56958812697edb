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
    private static final int LEAST = Integer.MIN_VALUE;

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

        static Choice none(Why why) {
            return new Choice(why, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Of the route; the default target's is the least. */
        int priority() {
            return route.map(known -> known.route().priority()).orElse(LEAST);
        }

        /** Whether it tells where the conversation belongs, and not only what could be done with this turn. */
        boolean isOfConversation() {
            return why == Why.RULE || why == Why.CLASSIFIED || why == Why.DECIDER || why == Why.LOW_CONFIDENCE || why == Why.STICKY;
        }

        Choice with(Opinion said) {
            return new Choice(why, route, target, seat, classification, Optional.of(said));
        }
    }

    /** A rule that holds now comes before the seat, where its priority is not lower; what a text is about comes after it. */
    private Choice choice(Asked asked) throws InterruptedException {
        if (asked.request().isEmpty()) {
            return unroutable(Why.UNREADABLE);
        }
        if (routing.spec().format().isPresent() && !routing.spec().format().equals(WireFormats.of(asked.request().get().format()))) {
            return unroutable(Why.OTHER_FORMAT);
        }
        Optional<Choice> seated = seated(asked);
        if (seated.isPresent()) {
            return ruled(asked, seated.get().priority(), Optional.empty()).orElseGet(seated::get);
        }
        try {
            return classified(asked);
        } catch (EmbeddingFailed e) {
            return ruled(asked, LEAST, Optional.empty()).orElseGet(() -> otherwise(Why.NOT_EMBEDDED, Optional.empty()));
        }
    }

    /** Its model cannot be changed, and a header must not name another. */
    private Choice unroutable(Why why) {
        Choice choice = otherwise(why, Optional.empty());
        return choice.target().filter(Target::changesModel).isEmpty() ? choice : Choice.none(why);
    }

    private Optional<Choice> seated(Asked asked) {
        return sticky.seat(routing, asked.conversation()).flatMap(this::seated);
    }

    private Optional<Choice> seated(Seat seat) {
        Optional<CompiledRoute> route = routing.route(seat.route());
        Optional<Target> target = seat.route().isEmpty() ? defaultTarget() : route.map(known -> known.route().target());
        return target.filter(known -> known.changesModel() ? known.candidates().contains(seat.model()) : seat.model().isEmpty())
                .map(known -> new Choice(Why.STICKY, route, target, Optional.of(seat), Optional.empty(), Optional.empty()));
    }

    private Choice classified(Asked asked) throws InterruptedException {
        if (asked.text().isBlank()) {
            return ruled(asked, LEAST, Optional.empty()).orElseGet(() -> otherwise(Why.NO_TEXT, Optional.empty()));
        }
        Optional<Classification> classification = routing.head().map(head -> classify(head, asked));
        Optional<CompiledRoute> best = classification.flatMap(found -> sure(found, asked));
        Optional<Choice> ruled = ruled(asked, best.map(route -> route.route().priority()).orElse(LEAST), classification);
        return ruled.isPresent() ? ruled.get()
                : outside(asked, classification, best.map(route -> Choice.of(Why.CLASSIFIED, route, classification)));
    }

    private static Classification classify(Head head, Asked asked) {
        Classification found = head.classify(asked.vector().get(), asked.text());
        asked.signals().classified(found.candidates().isEmpty() ? "" : found.candidates().getFirst().route(), found.score());
        return found;
    }

    /** The best of the routes whose own condition is true, if it is sure by its own threshold. */
    private Optional<CompiledRoute> sure(Classification found, Asked asked) {
        for (Scored scored : found.candidates()) {
            Optional<CompiledRoute> route = routing.route(scored.route()).filter(known -> allows(known, asked));
            if (route.isPresent()) {
                return route.filter(known -> scored.isSure());
            }
        }
        return Optional.empty();
    }

    private static boolean allows(CompiledRoute route, Asked asked) {
        return route.when().isEmpty() || holds(route.when().get(), asked);
    }

    /** The first route without examples whose condition is true, of at least this priority. */
    private Optional<Choice> ruled(Asked asked, int least, Optional<Classification> classification) {
        return routing.routes().rules().stream().takeWhile(route -> route.route().priority() >= least)
                .filter(route -> allows(route, asked)).findFirst().map(route -> Choice.of(Why.RULE, route, classification));
    }

    private Choice outside(Asked asked, Optional<Classification> classification, Optional<Choice> sure) throws InterruptedException {
        Choice own = sure.orElseGet(() -> otherwise(Why.LOW_CONFIDENCE, classification));
        Optional<ExternalDecider> decider = routing.decider().filter(one -> sure.isEmpty() || !one.isOnlyForUnsure());
        List<Offer> offers = classification.filter(found -> decider.isPresent()).map(this::offers).orElse(List.of());
        if (offers.isEmpty()) {
            return own;
        }
        Opinion said = decider.get().ask(asked.text(), offers, asked.due().left());
        return switch (said) {
            case Opinion.Chosen chosen -> routing.route(chosen.route()).filter(route -> allows(route, asked))
                    .map(route -> Choice.of(Why.DECIDER, route, classification)).orElse(own).with(said);
            case Opinion.None none -> otherwise(Why.LOW_CONFIDENCE, classification).with(none);
            case Opinion.Missing missing -> own.with(missing);
        };
    }

    private List<Offer> offers(Classification classification) {
        return classification.candidates().stream().limit(OFFERED).map(Scored::route).map(routing::offer).flatMap(Optional::stream).toList();
    }

    private Choice otherwise(Why why, Optional<Classification> classification) {
        return new Choice(why, Optional.empty(), defaultTarget(), Optional.empty(), classification, Optional.empty());
    }

    private Optional<Target> defaultTarget() {
        return routing.spec().defaultTarget().filter(target -> routing.spec().onLowConfidence() == OnLowConfidence.Default);
    }

    private static boolean holds(Expression<Boolean> condition, Asked asked) {
        try {
            return condition.evaluate(asked.signals().values(condition.reads()));
        } catch (EvaluationFailed e) {
            return false;
        }
    }
}
