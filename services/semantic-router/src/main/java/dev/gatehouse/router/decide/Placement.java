package dev.gatehouse.router.decide;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.routing.Target;
import dev.gatehouse.policy.routing.Target.Share;
import dev.gatehouse.router.compile.CompiledRoute;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.decide.Decider.Choice;
import dev.gatehouse.router.health.Asker;
import dev.gatehouse.router.health.Unavailable;
import dev.gatehouse.router.health.Watch;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.sticky.StickyRoutes.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Picks a model of a target that is there, and the default's where none of it is. */
record Placement(CompiledRouting routing, StickyRoutes sticky, Asked asked, boolean binding) {

    Decision place(Choice choice) {
        Target target = choice.target().orElse(null);
        if (target == null) {
            return decision(choice, Optional.empty(), Map.of(), Map.of(), false, Watch.NONE);
        }
        return target.changesModel() ? placed(choice, target) : decision(choice, Optional.empty(), target.headers(), Map.of(), false, Watch.NONE);
    }

    private Decision placed(Choice choice, Target target) {
        List<String> wanted = inOrder(choice, target);
        List<String> all = new ArrayList<>(wanted);
        routing.spec().defaultTarget().ifPresent(other -> all.addAll(other.candidates()));
        Map<String, Unavailable> out = routing.availability().unavailable(asker(), all.stream().distinct().toList());
        for (String model : all) {
            Optional<Watch> watch = out.containsKey(model) ? Optional.empty() : take(model);
            if (watch.isPresent()) {
                return chosen(choice, target, wanted, model, out, false, watch.get());
            }
        }
        String first = wanted.getFirst();
        Watch watch = binding ? routing.availability().force(first, asked.streams()) : Watch.NONE;
        return chosen(choice, target, wanted, first, out, true, watch);
    }

    private Optional<Watch> take(String model) {
        return binding ? routing.availability().take(model, asked.streams()) : Optional.of(Watch.NONE);
    }

    private Decision chosen(
            Choice choice, Target target, List<String> wanted, String model, Map<String, Unavailable> out, boolean forced, Watch watch) {
        boolean own = wanted.contains(model);
        Map<String, String> headers = own ? target.headers() : routing.spec().defaultTarget().map(Target::headers).orElse(Map.of());
        choice.route().filter(route -> binding && own && !forced).ifPresent(route -> keepSeat(route, model));
        return decision(choice, Optional.of(model), headers, out, forced, watch);
    }

    private void keepSeat(CompiledRoute route, String model) {
        sticky.keep(routing, asked.identity(), new Seat(route.name(), model));
    }

    private List<String> inOrder(Choice choice, Target target) {
        List<String> order = new ArrayList<>();
        choice.seat().ifPresent(seat -> order.add(seat.model()));
        target.model().ifPresent(order::add);
        if (!target.split().isEmpty()) {
            order.add(drawn(target.split()));
        }
        order.addAll(target.candidates());
        return order.stream().distinct().toList();
    }

    private static String drawn(List<Share> split) {
        int left = ThreadLocalRandom.current().nextInt(split.stream().mapToInt(Share::weight).sum());
        for (Share share : split) {
            left -= share.weight();
            if (left < 0) {
                return share.model();
            }
        }
        return split.getLast().model();
    }

    private Asker asker() {
        return new Asker(asked.identity(), asked.head(), asked.request().flatMap(LlmRequest::model));
    }

    private static Decision decision(
            Choice choice, Optional<String> model, Map<String, String> headers, Map<String, Unavailable> out, boolean forced, Watch watch) {
        return new Decision(choice.why(), choice.route().map(CompiledRoute::name), model, headers, choice.classification(), choice.opinion(), out, forced,
                watch);
    }
}
